import { ArrowLeftRight, GitCompare } from 'lucide-react'
import Link from 'next/link'
import { type ReactNode, useState } from 'react'
import { StatusBadge } from '#components/runs/status.tsx'
import { WidePage } from '#components/shell/wide-page.tsx'
import { Button } from '#components/ui/button.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { Segmented } from '#components/ui/segmented.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { RelativeTime } from '#components/ui/time.tsx'
import { duration } from '#components/ui/time-format.ts'
import type { RunDetail } from '#lib/contracts/runs.ts'
import { CompareBodies, CompareHead, CompareRow } from './compare-row.tsx'
import { type ComparedStep, change, compareRuns } from './compare-runs.ts'
import { money } from './run-words.ts'
import { timesOf } from './time-axis.ts'

/** What is known of the outputs of a step in both runs; null: not read, because one has none or there are too many. */
export type OutputsOf = (step: ComparedStep) => { readonly a: string; readonly b: string } | null

export interface CompareViewProps {
  /** undefined: on its way; null: none is chosen, or it cannot be read. */
  readonly a: RunDetail | null | undefined
  readonly b: RunDetail | null | undefined
  readonly error: string | null
  /** Chooses a run for either side. */
  readonly chooseA: ReactNode
  readonly chooseB: ReactNode
  readonly onSwap: (() => void) | null
  readonly outputs: OutputsOf
  readonly now: number
}

/** Two runs beside each other: what differs in course, time, money and outcome. */
export function CompareView(props: CompareViewProps) {
  const { a, b, error, chooseA, chooseB, onSwap } = props
  return (
    <WidePage className="mx-auto max-w-6xl">
      <div className="grid gap-5">
        <PageHeader
          trail={[
            { href: '/runs', label: 'Runs' },
            ...(a ? [{ href: `/runs/${a.run_id}`, label: a.workflow_name }] : []),
          ]}
          title="Compare two runs"
          actions={
            onSwap && (
              <Button onClick={onSwap}>
                <ArrowLeftRight aria-hidden="true" />
                Swap
              </Button>
            )
          }
        />
        <div className="grid gap-3 sm:grid-cols-2">
          <Side letter="A" run={a} choose={chooseA} />
          <Side letter="B" run={b} choose={chooseB} />
        </div>
        {error && <Notice tone="bad">{error}</Notice>}
        {a && b ? (
          <Both {...props} a={a} b={b} />
        ) : (
          !error &&
          (a === undefined || b === undefined ? (
            <div className="rounded-lg border bg-surface">
              <SkeletonRows label="Loading the runs" />
            </div>
          ) : (
            <EmptyState icon={GitCompare} title="Choose another run">
              Its steps, times, cost and outputs then stand beside those of the first.
            </EmptyState>
          ))
        )}
      </div>
    </WidePage>
  )
}

function Side({
  letter,
  run,
  choose,
}: {
  readonly letter: string
  readonly run: CompareViewProps['a']
  readonly choose: ReactNode
}) {
  return (
    <section aria-label={`Run ${letter}`} className="min-w-0 rounded-lg border bg-surface p-3">
      <div className="flex items-center gap-2">
        <span
          aria-hidden="true"
          className="grid size-6 shrink-0 place-items-center rounded bg-hover text-xs font-medium"
        >
          {letter}
        </span>
        <div className="min-w-0 flex-1">{choose}</div>
      </div>
      {run && (
        <p className="mt-2 flex flex-wrap items-center gap-x-2 gap-y-1 ps-8 text-[0.8125rem] text-ink-muted">
          <StatusBadge status={run.status} />
          <span>
            Version {run.workflow_version} · started <RelativeTime at={run.started_at} />
          </span>
          <Link href={`/runs/${run.run_id}`} className="ms-auto rounded py-0.5 text-ink hover:underline">
            Open run {letter}
          </Link>
        </p>
      )}
    </section>
  )
}

type BothProps = Pick<CompareViewProps, 'outputs' | 'now'> & { readonly a: RunDetail; readonly b: RunDetail }

function Both({ a, b, outputs, now }: BothProps) {
  const [shown, setShown] = useState<'all' | 'different'>('all')
  const steps = compareRuns(a, b, now)
  const withOutputs = steps.map((step) => {
    const found = outputs(step)
    return { step, outputs: found, differs: step.differs || (found !== null && found.a !== found.b) }
  })
  const different = withOutputs.filter(({ differs }) => differs)
  const rows = shown === 'all' ? withOutputs : different
  return (
    <>
      {a.workflow_id !== b.workflow_id ? (
        <Notice>These are runs of two workflows. Steps with the same id stand beside each other.</Notice>
      ) : (
        a.workflow_version !== b.workflow_version && (
          <Notice>
            They ran versions {a.workflow_version} and {b.workflow_version} of the workflow.{' '}
            <Link
              href={`/workflows/${a.workflow_id}?tab=versions&from=${Math.min(a.workflow_version, b.workflow_version)}&to=${Math.max(a.workflow_version, b.workflow_version)}`}
              className="underline"
            >
              See what was changed
            </Link>
          </Notice>
        )
      )}
      <Figures a={a} b={b} now={now} />
      <section aria-label="Steps" className="@container overflow-clip rounded-lg border bg-surface">
        <header className="flex min-h-11 flex-wrap items-center gap-2 border-b bg-sunken px-3 py-1.5">
          <h2 className="flex-1 text-[0.8125rem] font-medium">Steps</h2>
          <Segmented
            label="Which steps"
            value={shown}
            options={[
              { value: 'all', label: 'All', count: withOutputs.length },
              { value: 'different', label: 'Different', count: different.length },
            ]}
            onChange={setShown}
          />
        </header>
        {rows.length === 0 && (
          <p className="px-4 py-6 text-center text-[0.8125rem] text-ink-muted">
            Every step took the same course and came to the same output.
          </p>
        )}
        {rows.length > 0 && <CompareHead />}
        <ol className="divide-y divide-line/60">
          {rows.map(({ step, outputs: both, differs }) => (
            <li key={step.id}>
              <CompareRow step={step} outputs={both} differs={differs} runs={{ a: a.run_id, b: b.run_id }} />
            </li>
          ))}
        </ol>
      </section>
      <CompareBodies title="Started with" a={a.inputs} b={b.inputs} />
      {(a.outputs !== undefined || b.outputs !== undefined) && (
        <CompareBodies title="Result" a={a.outputs ?? null} b={b.outputs ?? null} />
      )}
    </>
  )
}

function Figures({ a, b, now }: Pick<BothProps, 'a' | 'b' | 'now'>) {
  const [times, others] = [timesOf(a.steps, now), timesOf(b.steps, now)]
  const total = (run: RunDetail) => run.duration_ms ?? Math.max(0, now - Date.parse(run.started_at))
  const count = (n: number) => n.toLocaleString('en')
  const figures = [
    { label: 'Took', a: total(a), b: total(b), write: duration },
    { label: 'Execution', a: times.execution, b: others.execution, write: duration },
    { label: 'Waiting for people', a: times.waiting, b: others.waiting, write: duration },
    { label: 'AI cost', a: a.cost.usd, b: b.cost.usd, write: money },
    { label: 'Tokens', a: a.cost.tokens, b: b.cost.tokens, write: count },
  ]
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border bg-line sm:grid-cols-3 lg:grid-cols-5">
      {figures.map((figure) => (
        <div key={figure.label} className="bg-surface px-4 py-2.5 max-sm:last:col-span-2 sm:max-lg:last:col-span-2">
          <dt className="text-xs text-ink-muted">{figure.label}</dt>
          <dd className="tabular text-sm font-medium">
            <span className="whitespace-nowrap">{figure.write(figure.a)}</span>{' '}
            <span className="font-normal text-ink-subtle">→</span>{' '}
            <span className="whitespace-nowrap">{figure.write(figure.b)}</span>
            <span className="block text-xs font-normal text-ink-muted">
              {change(figure.a, figure.b, figure.write) ?? 'the same'}
            </span>
          </dd>
        </div>
      ))}
    </dl>
  )
}
