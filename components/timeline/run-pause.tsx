import { CircleDashed, RotateCcw, Timer, Workflow } from 'lucide-react'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { DateTime } from '#components/ui/date-time.tsx'
import { RelativeTime } from '#components/ui/time.tsx'
import { VisibleText } from '#components/ui/visible-text.tsx'
import type { ChildRun } from '#lib/contracts/run-lineage.ts'
import type { RunStandstill } from '#lib/contracts/runs.ts'
import type { Pause } from './pause.ts'
import { Strip } from './run-strip.tsx'
import { standstillWords } from './standstill-words.ts'

interface RunPauseProps {
  readonly pause: Pause
  /** Of the step that rests, or is tried again. */
  readonly name: string | undefined
}

/** Why nothing happens right now, and how it goes on. */
export function RunPause({ pause, name }: RunPauseProps) {
  switch (pause.why) {
    case 'standstill':
      return <Standstill standstill={pause.standstill} />
    case 'rest':
      return (
        <Strip label={LABEL} icon={<Timer {...ICON} />} title={<Until at={pause.until} />}>
          <bdi>{name}</bdi> is over then, and it goes on by itself.
        </Strip>
      )
    case 'called':
      return <Called run={pause.called} />
    case 'retry':
      return (
        <Strip
          label={LABEL}
          icon={<RotateCcw {...ICON} />}
          title={
            <>
              <bdi>{name}</bdi> failed and is tried again <RelativeTime at={pause.at} />.
            </>
          }
        >
          {pause.step.error ? <VisibleText text={pause.step.error.message} /> : 'It goes on by itself.'}
        </Strip>
      )
  }
}

const LABEL = 'Why it stands still'
const ICON = { 'aria-hidden': true, className: 'mt-0.5 size-4 shrink-0 text-ink-subtle' } as const

/** People may be asked there, and whoever looks here would not see it. */
function Called({ run }: { readonly run: ChildRun }) {
  return (
    <Strip
      label={LABEL}
      icon={<Workflow {...ICON} />}
      title={
        <>
          It waits for the run of{' '}
          <bdi>
            <VisibleText text={run.workflow_name} />
          </bdi>
          .
        </>
      }
      actions={
        <ButtonLink size="sm" href={`/runs/${encodeURIComponent(run.run_id)}`}>
          Open that run
        </ButtonLink>
      }
    >
      {STANDING[run.status] ?? 'That run is under way.'} This one goes on by itself when it ends.
    </Strip>
  )
}

const STANDING: { readonly [S in ChildRun['status']]?: string } = {
  queued: 'That run waits for its turn.',
  waiting: 'That run waits for somebody or for a time.',
}

function Until({ at }: { readonly at: string }) {
  return (
    <>
      It rests until <DateTime at={at} />.
    </>
  )
}

function Standstill({ standstill }: { readonly standstill: RunStandstill }) {
  const { title, next, command } = standstillWords(standstill)
  return (
    <Strip
      label={LABEL}
      tone={command ? 'warn' : 'plain'}
      icon={
        <CircleDashed
          aria-hidden="true"
          className={`mt-0.5 size-4 shrink-0 ${command ? 'text-warn' : 'text-ink-subtle'}`}
        />
      }
      title={title}
      actions={
        command ? (
          <CopyButton text={command} label="Copy the command" />
        ) : (
          <ButtonLink size="sm" href="/runs?status=running">
            See what is running
          </ButtonLink>
        )
      }
    >
      {next} {command && <code className="font-mono text-xs whitespace-nowrap">{command}</code>}
    </Strip>
  )
}
