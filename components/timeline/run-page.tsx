'use client'
import { useQueryClient } from '@tanstack/react-query'
import { usePathname, useSearchParams } from 'next/navigation'
import { Suspense, useMemo, useState } from 'react'
import { errorSentence, useTRPC } from '#components/trpc.tsx'
import { lazyPart } from '#components/ui/lazy-part.ts'
import { Notice } from '#components/ui/notice.tsx'
import { useReplaceParams } from '#components/ui/search-param.ts'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { useHotkeys } from '#components/ui/use-hotkeys.ts'
import type { StepSummary } from '#lib/contracts/run-steps.ts'
import type { RunDetail } from '#lib/contracts/runs.ts'
import { inOrder } from './merge-run.ts'
import { nested } from './nested.ts'
import { RunActions, type RunDialogName } from './run-actions.tsx'
import { RunAnswer, type RunAnswerProps } from './run-answer.tsx'
import { RunPageView } from './run-page-view.tsx'
import { RUN_TABS, type RunTab } from './run-tabs.ts'
import { attemptParams, NOTHING_SELECTED, neighbour, refOf, selectedAttempt } from './selection.ts'
import { asQueued } from './standstill.ts'
import { useAsked } from './use-asked.ts'
import { useRun } from './use-run.ts'
import { useStandstill } from './use-standstill.ts'

// What a run opens with is its timeline; the rest is fetched when it is looked at.
const RunAttempt = lazyPart(async () => (await import('./run-attempt.tsx')).RunAttempt)
const RunEffect = lazyPart(async () => (await import('./run-effect.tsx')).RunEffect)
const RunContext = lazyPart(async () => (await import('./run-context.tsx')).RunContext)
const RunEvents = lazyPart(async () => (await import('./run-events.tsx')).RunEvents)

interface RunPageProps {
  readonly id: string
  readonly submitForm: RunAnswerProps['submitForm']
}

/** A run, kept up to date. The address says which tab, which attempt, and as of which step. */
export function RunPage({ id, submitForm }: RunPageProps) {
  const { run, error, refresh } = useRun(id)
  const queryClient = useQueryClient()
  const trpc = useTRPC()
  const done = async () => {
    await Promise.all([refresh(), queryClient.invalidateQueries({ queryKey: trpc.approvals.pathKey() })])
  }
  if (run) return <Loaded run={run} done={done} submitForm={submitForm} />
  if (error) return <Notice tone="bad">{errorSentence(error)}</Notice>
  return (
    <div className="rounded-lg border bg-surface">
      <SkeletonRows label="Loading the run" />
    </div>
  )
}

interface LoadedProps extends Pick<RunPageProps, 'submitForm'> {
  readonly run: RunDetail
  readonly done: () => Promise<void>
}

function Loaded({ run: told, done, submitForm }: LoadedProps) {
  const standstill = useStandstill(told)
  const queued = standstill !== null
  const run = useMemo(() => (queued ? asQueued(told) : told), [told, queued])
  const path = usePathname()
  const params = useSearchParams()
  const replaceParams = useReplaceParams()
  const [dialog, setDialog] = useState<RunDialogName | null>(null)
  const tab = RUN_TABS.find((each) => each === params.get('tab')) ?? 'timeline'
  const steps = useMemo(() => nested(inOrder(run.steps)), [run.steps])
  const selected = selectedAttempt(steps, params)

  const asked = useAsked(run)

  const select = (step: StepSummary | null) => replaceParams(step ? attemptParams(refOf(step)) : NOTHING_SELECTED)
  const onStep = (step: string) => select(steps.findLast((attempt) => attempt.step_id === step) ?? null)
  const move = (by: 1 | -1) => {
    const next = neighbour(steps, selected, by)
    return next && (() => select(next))
  }
  const [back, on] = [move(-1), move(1)]
  useHotkeys({
    j: on ?? undefined,
    k: back ?? undefined,
  })

  const href = (each: RunTab) => {
    const next = new URLSearchParams(params)
    if (each === 'timeline') next.delete('tab')
    else next.set('tab', each)
    if (each !== 'context') next.delete('at')
    return next.size === 0 ? path : `${path}?${next}`
  }
  return (
    <RunPageView
      run={run}
      standstill={standstill}
      steps={steps}
      tab={tab}
      href={href}
      onTab={(address) => window.history.pushState(null, '', address)}
      selected={selected}
      onSelect={(step) => select(step === selected ? null : step)}
      onStep={onStep}
      onRetry={run.can.retry ? () => setDialog('retry') : null}
      actions={
        <RunActions
          run={run}
          step={selected?.step_id ?? run.error?.step ?? null}
          dialog={dialog}
          onDialog={setDialog}
          onDone={done}
        />
      }
      answer={(wait) => <RunAnswer key={wait.wait_id} run={run} wait={wait} submitForm={submitForm} onDone={done} />}
      settle={(effect) => <RunEffect runId={run.run_id} effect={effect} onDone={done} />}
      asked={asked}
      onAnswer={() => select(null)}
      context={
        <Suspense fallback={<SkeletonRows label="Loading the context" />}>
          <RunContext run={run} onStep={onStep} />
        </Suspense>
      }
      events={
        <Suspense fallback={<SkeletonRows label="Loading the events" />}>
          <RunEvents run={run} onStep={onStep} />
        </Suspense>
      }
      panel={
        selected && (
          <Suspense fallback={<SkeletonRows label="Loading the attempt" />}>
            <RunAttempt run={run} steps={steps} summary={selected} back={back} on={on} onClose={() => select(null)} />
          </Suspense>
        )
      }
    />
  )
}
