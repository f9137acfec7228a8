import { Ban, CircleCheck, CircleX } from 'lucide-react'
import { Button } from '#components/ui/button.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { VisibleText } from '#components/ui/visible-text.tsx'
import type { RunDetail } from '#lib/contracts/runs.ts'
import { nextAction } from './run-advice.ts'
import { Strip } from './run-strip.tsx'
import { hasContent, ValueBox } from './value-box.tsx'

interface RunOutcomeProps {
  readonly run: RunDetail
  /** Opens the step that failed. */
  readonly onStep: (step: string) => void
  /** null where the reader may not. */
  readonly onRetry: (() => void) | null
}

/** What came of a run: the first error in one sentence with what to do about it, or the result. */
export function RunOutcome({ run, onStep, onRetry }: RunOutcomeProps) {
  if (run.status === 'failed' && run.error)
    return <Failure run={run} error={run.error} onStep={onStep} onRetry={onRetry} />
  if (run.status === 'canceled') {
    return (
      <Strip
        label="Outcome"
        icon={<Ban aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-ink-subtle" />}
        title="This run was canceled."
      >
        {run.cancel_reason ? <VisibleText text={run.cancel_reason} /> : 'No reason was given.'}
      </Strip>
    )
  }
  if (run.status === 'completed' && run.outputs !== undefined && hasContent(run.outputs)) {
    return (
      <div className="rounded-lg border bg-surface px-4 pt-2 pb-4">
        <h2 className="sr-only">What came of it</h2>
        <div className="flex items-start gap-2">
          <CircleCheck aria-hidden="true" className="mt-1.5 size-4 shrink-0 text-good" />
          <div className="min-w-0 flex-1">
            <ValueBox title="Result" value={run.outputs} />
          </div>
        </div>
      </div>
    )
  }
  return null
}

function Failure({
  run,
  error,
  onStep,
  onRetry,
}: RunOutcomeProps & { readonly error: NonNullable<RunDetail['error']> }) {
  const advice = nextAction(run, error.code)
  const step = run.workflow.steps.find(({ id }) => id === error.step)
  return (
    <Strip
      label="Outcome"
      tone="bad"
      icon={<CircleX aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-bad" />}
      title={
        <>
          {step && (
            <>
              <bdi>{step.name ?? step.id}</bdi> failed:{' '}
            </>
          )}
          <VisibleText text={error.message} />
        </>
      }
      actions={
        <>
          {step && (
            <Button size="sm" variant="ghost" onClick={() => onStep(step.id)}>
              Look at the step
            </Button>
          )}
          {advice.href && run.can.edit && (
            <ButtonLink size="sm" href={advice.href}>
              {advice.label}
            </ButtonLink>
          )}
          {advice.retry && onRetry && (
            <Button size="sm" onClick={onRetry}>
              Retry…
            </Button>
          )}
        </>
      }
    >
      {advice.sentence} <code className="font-mono text-xs whitespace-nowrap">{error.code}</code>
    </Strip>
  )
}
