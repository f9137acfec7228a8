import { clsx } from 'clsx'
import { type ReactNode, Suspense } from 'react'
import { WidePage } from '#components/shell/wide-page.tsx'
import { lazyPart } from '#components/ui/lazy-part.ts'
import { NavTabs } from '#components/ui/nav-tabs.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import type { UnknownEffect } from '#lib/contracts/run-lineage.ts'
import type { StepSummary } from '#lib/contracts/run-steps.ts'
import type { RunWait } from '#lib/contracts/run-waits.ts'
import type { RunDetail, RunStandstill } from '#lib/contracts/runs.ts'
import { TERMINAL } from '#lib/workflow/state.ts'
import { pauseOf } from './pause.ts'
import { RunHeader } from './run-header.tsx'
import { RUN_TABS, type RunTab } from './run-tabs.ts'
import { TimelineView } from './timeline-view.tsx'
import type { Asked } from './use-asked.ts'
import { WaitPanel } from './wait-panel.tsx'

const GraphTab = lazyPart(async () => (await import('./graph-tab.tsx')).GraphTab)
// A run stands still for a while, ends once, and rarely has an effect of which nobody knows.
const RunPause = lazyPart(async () => (await import('./run-pause.tsx')).RunPause)
const RunOutcome = lazyPart(async () => (await import('./run-outcome.tsx')).RunOutcome)
const EffectPanel = lazyPart(async () => (await import('./effect-panel.tsx')).EffectPanel)

const TAB_LABELS: Readonly<Record<RunTab, string>> = {
  timeline: 'Timeline',
  graph: 'Graph',
  context: 'Context',
  events: 'Events',
}

export interface RunPageViewProps {
  readonly run: RunDetail
  /** Its attempts as they are read: see `nested`. */
  readonly steps: readonly StepSummary[]
  readonly tab: RunTab
  /** The address of a tab. */
  readonly href: (tab: RunTab) => string
  readonly onTab: (href: string) => void
  /** Why it stands still; null where it does not, or nobody knows. */
  readonly standstill: RunStandstill | null
  /** Cancel, retry: whatever the reader may do now. */
  readonly actions: ReactNode
  /** The form or decision of a wait; null where the reader cannot answer it. */
  readonly answer: (wait: RunWait) => ReactNode
  /** What the reader can say of an effect of which nobody knows. */
  readonly settle: (effect: UnknownEffect) => ReactNode
  /** A wait for the reader to answer stands beside the page, another is told above; until it is known, neither jumps. */
  readonly asked: Asked
  /** What the tabs of these names show. */
  readonly context: ReactNode
  readonly events: ReactNode
  readonly selected: StepSummary | null
  readonly onSelect: (step: StepSummary) => void
  /** Opens the latest attempt of a step. */
  readonly onStep: (step: string) => void
  /** The attempt that is selected; null: none is. */
  readonly panel: ReactNode
  /** Goes from the attempt that is open back to what the reader is asked. */
  readonly onAnswer: () => void
  /** null where the reader may not. */
  readonly onRetry: (() => void) | null
}

export function RunPageView(props: RunPageViewProps) {
  const { run, steps, tab, href, onTab, actions, answer, asked, selected, onSelect, onStep, panel, onRetry } = props
  const mine = run.waits.filter((wait) => asked(wait) === true)
  const others = run.waits.filter((wait) => asked(wait) === false)
  const pause = pauseOf(run, steps, props.standstill)
  const nameOf = (step: string) => run.workflow.steps.find(({ id }) => id === step)?.name ?? step
  const beside = panel !== null || mine.length > 0
  return (
    <WidePage className="mx-auto max-w-[96rem]">
      <div className="grid gap-5">
        <RunHeader run={run} actions={actions} />
        {pause && (
          <Suspense>
            <RunPause pause={pause} name={pause.step && nameOf(pause.step.step_id)} />
          </Suspense>
        )}
        {TERMINAL.has(run.status) && (
          <Suspense>
            <RunOutcome run={run} onStep={onStep} onRetry={onRetry} />
          </Suspense>
        )}
        {run.effects.length > 0 && (
          <Suspense>
            {run.effects.map((effect) => (
              <EffectPanel key={effect.effect_id} effect={effect} name={nameOf(effect.step_id)}>
                {run.can.resolve ? props.settle(effect) : null}
              </EffectPanel>
            ))}
          </Suspense>
        )}
        {others.map((wait) => (
          <WaitPanel key={wait.wait_id} wait={wait}>
            {answer(wait)}
          </WaitPanel>
        ))}
        {panel !== null &&
          mine.map((wait) => (
            <WaitPanel key={wait.wait_id} wait={wait} onAnswer={props.onAnswer} className="max-lg:hidden" />
          ))}
        <div className={clsx('grid gap-5', beside && BESIDE)}>
          {mine.length > 0 && (
            // Stays in the page behind an attempt, so that nothing typed is lost.
            <div
              className={clsx('grid content-start gap-4 lg:col-start-2 lg:row-start-1', panel !== null && 'lg:hidden')}
            >
              {mine.map((wait) => (
                <WaitPanel key={wait.wait_id} wait={wait}>
                  {answer(wait)}
                </WaitPanel>
              ))}
            </div>
          )}
          <div className="grid min-w-0 content-start gap-5 lg:col-start-1 lg:row-start-1">
            <NavTabs
              label="Run"
              onSelect={onTab}
              tabs={RUN_TABS.map((each) => ({
                href: href(each),
                label: TAB_LABELS[each],
                current: each === tab,
                ...(each === 'timeline' && steps.length > 0 ? { count: steps.length } : {}),
              }))}
            />
            {tab === 'timeline' && <TimelineView run={run} steps={steps} selected={selected} onSelect={onSelect} />}
            {tab === 'graph' && (
              <Suspense fallback={<SkeletonRows label="Loading the graph" />}>
                <GraphTab run={run} selected={selected?.step_id ?? null} onStep={onStep} />
              </Suspense>
            )}
            {tab === 'context' && props.context}
            {tab === 'events' && props.events}
          </div>
          {panel !== null && <div className="lg:col-start-2 lg:row-start-1">{panel}</div>}
        </div>
      </div>
    </WidePage>
  )
}

/** What the run is and, on wide screens beside it, what the reader looks at or is asked. */
const BESIDE =
  'lg:grid-cols-[minmax(0,6fr)_minmax(0,5fr)] lg:gap-x-4 xl:grid-cols-[minmax(0,1fr)_28rem] 2xl:grid-cols-[minmax(0,1fr)_32rem]'
