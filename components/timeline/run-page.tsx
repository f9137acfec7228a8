'use client'
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { usePathname, useSearchParams } from 'next/navigation'
import { useCallback, useMemo, useState } from 'react'
import { useLive } from '#components/live/use-live.ts'
import { errorSentence, useTRPC, useTRPCClient } from '#components/trpc.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { useReplaceParams } from '#components/ui/search-param.ts'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { useHotkeys } from '#components/ui/use-hotkeys.ts'
import type { RunDetail, StepSummary } from '#lib/contracts/runs.ts'
import { AttemptPanel } from './attempt-panel.tsx'
import { AttemptView } from './attempt-view.tsx'
import { ContextView } from './context-view.tsx'
import { EVENT_KINDS, type EventKind, EventsView } from './events-view.tsx'
import { inOrder } from './merge-run.ts'
import { RunActions, type RunDialogName } from './run-actions.tsx'
import { RunAnswer, type RunAnswerProps } from './run-answer.tsx'
import { RunPageView } from './run-page-view.tsx'
import { RUN_TABS, type RunTab } from './run-tabs.ts'
import { attemptParams, NOTHING_SELECTED, neighbour, refOf, selectedAttempt } from './selection.ts'
import { useAsked } from './use-asked.ts'
import { useAttempt } from './use-attempt.ts'
import { useNow } from './use-now.ts'
import { useRun } from './use-run.ts'

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

function Loaded({ run, done, submitForm }: LoadedProps) {
  const path = usePathname()
  const params = useSearchParams()
  const replaceParams = useReplaceParams()
  const [dialog, setDialog] = useState<RunDialogName | null>(null)
  const tab = RUN_TABS.find((each) => each === params.get('tab')) ?? 'timeline'
  const steps = useMemo(() => inOrder(run.steps), [run.steps])
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
      asked={asked}
      onAnswer={() => select(null)}
      context={<Context run={run} onStep={onStep} />}
      events={<Events run={run} onStep={onStep} />}
      panel={
        selected && (
          <Panel run={run} steps={steps} summary={selected} back={back} on={on} onClose={() => select(null)} />
        )
      }
    />
  )
}

interface PanelProps {
  readonly run: RunDetail
  readonly steps: readonly StepSummary[]
  readonly summary: StepSummary
  readonly back: (() => void) | null
  readonly on: (() => void) | null
  readonly onClose: () => void
}

function Panel({ run, steps, summary, back, on, onClose }: PanelProps) {
  const path = usePathname()
  const now = useNow(summary.ended_at === null, run.updated_at)
  const attempt = useAttempt(run.run_id, summary, [neighbour(steps, summary, 1), neighbour(steps, summary, -1)])
  const name = run.workflow.steps.find(({ id }) => id === summary.step_id)?.name ?? summary.step_id
  const link = new URLSearchParams()
  for (const [key, value] of Object.entries(attemptParams(refOf(summary)))) if (value !== null) link.set(key, value)
  return (
    <AttemptPanel summary={summary} name={name} permalink={`${path}?${link}`} onMove={{ back, on }} onClose={onClose}>
      <AttemptView summary={summary} attempt={attempt.data} error={errorSentence(attempt.error)} now={now} />
    </AttemptPanel>
  )
}

interface TabProps {
  readonly run: RunDetail
  readonly onStep: (step: string) => void
}

function Context({ run, onStep }: TabProps) {
  const trpc = useTRPC()
  const params = useSearchParams()
  const replaceParams = useReplaceParams()
  const at = params.get('at') ?? ''
  const values = useQuery(trpc.runs.values.queryOptions({ id: run.run_id, query: at === '' ? {} : { at } }))
  useLive(() => void values.refetch(), { runId: run.run_id })
  return (
    <ContextView
      steps={run.workflow.steps}
      at={at}
      onAt={(next) => replaceParams({ at: next })}
      values={values.data}
      error={errorSentence(values.error)}
      onStep={onStep}
    />
  )
}

const PAGE = 500

function Events({ run, onStep }: TabProps) {
  const client = useTRPCClient()
  const trpc = useTRPC()
  const params = useSearchParams()
  const replaceParams = useReplaceParams()
  const kind = EVENT_KINDS.find((each) => each === params.get('kind')) ?? 'all'
  const pages = useInfiniteQuery({
    queryKey: [trpc.runs.events.pathKey(), run.run_id, kind],
    queryFn: ({ pageParam, signal }) =>
      client.runs.events.query(
        { id: run.run_id, query: { after: pageParam, limit: PAGE, ...(kind === 'all' ? {} : { kind }) } },
        { signal },
      ),
    initialPageParam: 0,
    // Where the last page ended, also while nothing has followed yet: what comes live is fetched as the next page.
    getNextPageParam: (last, all) => all.flatMap(({ events }) => events).at(-1)?.seq ?? (last.events.at(-1)?.seq || 0),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const { fetchNextPage, isFetching } = pages
  const events = useMemo(() => pages.data?.pages.flatMap((page) => page.events), [pages.data])
  const more = pages.data?.pages.at(-1)?.events.length === PAGE
  useLive(() => void fetchNextPage(), { runId: run.run_id })
  const onMore = useCallback(() => void fetchNextPage(), [fetchNextPage])
  return (
    <EventsView
      events={events}
      error={errorSentence(pages.error)}
      kind={kind}
      onKind={(next: EventKind) => replaceParams({ kind: next === 'all' ? null : next })}
      onMore={more && !isFetching ? onMore : null}
      onStep={onStep}
    />
  )
}
