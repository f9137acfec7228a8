import { CircleDashed, RotateCcw, Timer } from 'lucide-react'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { DateTime } from '#components/ui/date-time.tsx'
import { RelativeTime } from '#components/ui/time.tsx'
import { VisibleText } from '#components/ui/visible-text.tsx'
import type { StepSummary } from '#lib/contracts/run-steps.ts'
import type { RunDetail, RunStandstill } from '#lib/contracts/runs.ts'
import { Strip } from './run-strip.tsx'
import { standstillWords } from './standstill.ts'

interface RunPauseProps {
  readonly run: RunDetail
  /** In the order in which they began. */
  readonly steps: readonly StepSummary[]
  readonly standstill: RunStandstill | null
}

/** Why nothing happens right now in a run that is under way: no worker has taken it up, it is to be tried again, or it rests. */
export function RunPause({ run, steps, standstill }: RunPauseProps) {
  if (standstill) return <Standstill standstill={standstill} />
  const resting = run.status === 'waiting' && run.waiting === null ? steps.find(({ until }) => until) : undefined
  if (resting?.until) return <Resting name={nameOf(run, resting)} until={resting.until} />
  const last = steps.at(-1)
  if (run.status !== 'running' || last?.status !== 'failed' || last.retry_at === null) return null
  return (
    <Strip
      label="Why it stands still"
      icon={<RotateCcw aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-ink-subtle" />}
      title={
        <>
          <bdi>{nameOf(run, last)}</bdi> failed and is tried again <RelativeTime at={last.retry_at} />.
        </>
      }
    >
      {last.error ? <VisibleText text={last.error.message} /> : 'It goes on by itself.'}
    </Strip>
  )
}

function nameOf(run: RunDetail, { step_id }: StepSummary): string {
  return run.workflow.steps.find(({ id }) => id === step_id)?.name ?? step_id
}

function Resting({ name, until }: { readonly name: string; readonly until: string }) {
  return (
    <Strip
      label="Why it stands still"
      icon={<Timer aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-ink-subtle" />}
      title={
        <>
          It rests until <DateTime at={until} />.
        </>
      }
    >
      <bdi>{name}</bdi> is over then, and it goes on by itself.
    </Strip>
  )
}

function Standstill({ standstill }: { readonly standstill: RunStandstill }) {
  const { title, next, command } = standstillWords(standstill)
  return (
    <Strip
      label="Why it stands still"
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
