'use client'
import { RotateCcw, Timer, Undo2 } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { StatusBadge } from '#components/runs/status.tsx'
import { Button } from '#components/ui/button.tsx'
import { JsonView } from '#components/ui/json-view.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { VisibleText } from '#components/ui/visible-text.tsx'
import type { WorkflowInputs } from '#lib/contracts/workflows.ts'
import type { JsonObject } from '#lib/json.ts'
import type { SimulatedRun, SimulationAct } from '#lib/simulation/types.ts'
import { AnswerApproval } from './answer-approval.tsx'
import { AnswerForm } from './answer-form.tsx'
import type { AiMode, StartProblem } from './protocol.ts'
import { StartForm } from './start-form.tsx'
import { StoryList } from './story-list.tsx'
import { nextWait, sinceStart, standing } from './test-words.ts'

export interface TestRunViewProps {
  readonly inputs: WorkflowInputs | null
  /** Whether the text as it stands can be run. */
  readonly valid: boolean
  /** null before the start. */
  readonly played: SimulatedRun | null
  /** How many acts there are to take back. */
  readonly acts: number
  /** The text has changed since. */
  readonly stale: boolean
  readonly busy: boolean
  readonly error: string | null
  readonly problems: readonly StartProblem[]
  readonly onStart: (inputs: JsonObject, mode: AiMode) => void
  readonly onAct: (act: SimulationAct) => void
  readonly onBack: () => void
  readonly onAgain: () => void
  readonly onReset: () => void
}

/** Tries a workflow out without a server: says what it is, then goes step by step. */
export function TestRunView(props: TestRunViewProps) {
  const { played, stale, valid, busy, error, problems, onAgain } = props
  return (
    <section aria-label="Test run" className="flex h-full min-h-0 flex-col bg-surface">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <div tabIndex={0} className="min-h-0 flex-1 overflow-y-auto">
        <div className="flex items-center gap-3 border-b bg-sunken px-4 py-2.5 text-[0.8125rem] text-ink-muted">
          <p className="flex-1">A test run: the mock answers for AI, no mail or HTTP call leaves this page.</p>
          {played && <StatusBadge status={played.run.status} />}
        </div>
        <p aria-live="polite" className="sr-only">
          {played && standing(played)}
        </p>
        {stale && played && (
          <div className="px-4 pt-4">
            <Notice
              tone="warn"
              action={
                <Button
                  size="sm"
                  aria-disabled={!valid || busy || undefined}
                  onClick={() => valid && !busy && onAgain()}
                >
                  Run again
                </Button>
              }
            >
              This run is of the earlier text.
            </Notice>
          </div>
        )}
        {error && (problems.length === 0 || played === null) && (
          <div className="px-4 pt-4">
            <Notice tone="bad">{error}</Notice>
          </div>
        )}
        {played ? (
          <Running {...props} played={played} />
        ) : (
          <div className="p-4">
            <StartForm inputs={props.inputs} valid={valid} busy={busy} problems={problems} onStart={props.onStart} />
          </div>
        )}
      </div>
    </section>
  )
}

function Running(props: TestRunViewProps & { readonly played: SimulatedRun }) {
  const { played, acts, busy, onBack, onReset } = props
  const { run, story, now } = played
  return (
    <>
      <div className="flex flex-wrap items-center gap-2 px-4 py-3">
        <Button size="sm" aria-disabled={acts === 0 || busy || undefined} onClick={() => acts > 0 && !busy && onBack()}>
          <Undo2 aria-hidden="true" className="rtl:-scale-x-100" />
          Back one act
        </Button>
        <Button size="sm" onClick={onReset}>
          <RotateCcw aria-hidden="true" />
          Start again
        </Button>
        <span className="tabular ms-auto text-xs text-ink-subtle">Virtual time: {sinceStart(now, run.started_at)}</span>
      </div>
      <div className="border-y">
        <StoryList story={story} run={run} />
      </div>
      <Now key={`${acts} ${run.waiting?.wait_id ?? run.status}`} {...props} />
    </>
  )
}

/** What can be done now: the form, the decision, or letting time pass. It takes the focus when it is new. */
function Now({ played, acts, busy, problems, onAct }: TestRunViewProps & { readonly played: SimulatedRun }) {
  const heading = useRef<HTMLHeadingElement>(null)
  const { run, provenance } = played
  const wait = run.waiting
  const pause = nextWait(played)
  useEffect(() => {
    heading.current?.focus({ preventScroll: acts === 0 })
  }, [acts])
  return (
    <div className="grid gap-4 p-4">
      <h3 ref={heading} tabIndex={-1} className="text-sm font-semibold outline-none">
        {wait ? <VisibleText text={wait.form?.title ?? wait.approval?.title ?? wait.step_id} /> : standing(played)}
      </h3>
      {wait?.form && (
        <AnswerForm
          form={wait.form}
          busy={busy}
          problems={problems}
          onSubmit={(values) => onAct({ do: 'submit', step: wait.step_id, values })}
        />
      )}
      {wait?.approval && (
        <AnswerApproval
          approval={wait.approval}
          provenance={provenance}
          busy={busy}
          onDecide={(approver, decision, comment) =>
            onAct({ do: 'decide', step: wait.step_id, approver, decision, comment })
          }
        />
      )}
      {run.status === 'completed' && run.outputs !== undefined && (
        <div className="rounded-md border p-3">
          <p className="mb-1 text-xs font-medium text-ink-subtle">Outputs</p>
          <JsonView value={run.outputs} />
        </div>
      )}
      {pause && (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t pt-4">
          <Button aria-disabled={busy || undefined} onClick={() => !busy && onAct({ do: 'wait', ms: pause.ms })}>
            <Timer aria-hidden="true" />
            {pause.label}
          </Button>
          <span className="text-[0.8125rem] text-ink-muted">{pause.until}</span>
        </div>
      )}
    </div>
  )
}
