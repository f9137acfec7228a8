import { CircleDashed, RotateCcw } from 'lucide-react'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
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

/** Why nothing happens right now in a run that is under way: no worker has taken it up, or it is to be tried again. */
export function RunPause({ run, steps, standstill }: RunPauseProps) {
  if (standstill) return <Standstill standstill={standstill} />
  const last = steps.at(-1)
  if (run.status !== 'running' || last?.status !== 'failed' || last.retry_at === null) return null
  const name = run.workflow.steps.find(({ id }) => id === last.step_id)?.name ?? last.step_id
  return (
    <Strip
      label="Why it stands still"
      icon={<RotateCcw aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-ink-subtle" />}
      title={
        <>
          <bdi>{name}</bdi> failed and is tried again <RelativeTime at={last.retry_at} />.
        </>
      }
    >
      {last.error ? <VisibleText text={last.error.message} /> : 'It goes on by itself.'}
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
