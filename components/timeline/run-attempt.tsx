'use client'
import { usePathname } from 'next/navigation'
import { useState } from 'react'
import { errorSentence } from '#components/trpc.tsx'
import { lazyPart } from '#components/ui/lazy-part.ts'
import { OnDemand } from '#components/ui/on-demand.tsx'
import type { ChildRun } from '#lib/contracts/run-lineage.ts'
import type { StepSummary } from '#lib/contracts/run-steps.ts'
import type { RunDetail } from '#lib/contracts/runs.ts'
import { ROOT } from '#lib/workflow/paths.ts'
import { AttemptLinks } from './attempt-links.tsx'
import { AttemptPanel } from './attempt-panel.tsx'
import { AttemptView } from './attempt-view.tsx'
import { attemptParams, neighbour, refOf } from './selection.ts'
import { useAttempt } from './use-attempt.ts'
import { useNow } from './use-now.ts'

const RunFork = lazyPart(async () => (await import('./run-fork.tsx')).RunFork)

interface RunAttemptProps {
  readonly run: RunDetail
  readonly steps: readonly StepSummary[]
  readonly summary: StepSummary
  readonly back: (() => void) | null
  readonly on: (() => void) | null
  readonly onClose: () => void
}

/** The attempt that is open, with its data. */
export function RunAttempt({ run, steps, summary, back, on, onClose }: RunAttemptProps) {
  const path = usePathname()
  const [forks, setForks] = useState(false)
  const now = useNow(summary.ended_at === null, run.updated_at)
  const attempt = useAttempt(run.run_id, summary, [neighbour(steps, summary, 1), neighbour(steps, summary, -1)])
  const name = run.workflow.steps.find(({ id }) => id === summary.step_id)?.name ?? summary.step_id
  const link = new URLSearchParams()
  for (const [key, value] of Object.entries(attemptParams(refOf(summary)))) if (value !== null) link.set(key, value)
  return (
    <AttemptPanel summary={summary} name={name} permalink={`${path}?${link}`} onMove={{ back, on }} onClose={onClose}>
      <AttemptView summary={summary} attempt={attempt.data} error={errorSentence(attempt.error)} now={now} />
      <AttemptLinks
        called={run.children.filter((child) => isOf(child, summary))}
        onFork={run.can.fork && summary.path === ROOT ? () => setForks(true) : null}
      />
      <OnDemand open={forks}>
        <RunFork run={run} step={summary.step_id} name={name} onClose={() => setForks(false)} />
      </OnDemand>
    </AttemptPanel>
  )
}

function isOf(child: ChildRun, { step_id, path, visit, epoch }: StepSummary): boolean {
  return child.step_id === step_id && child.path === path && child.visit === visit && child.epoch === epoch
}
