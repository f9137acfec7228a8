'use client'
import { clsx } from 'clsx'
import { ChevronRight } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { StatusIcon } from '#components/runs/status.tsx'
import { duration } from '#components/ui/time-format.ts'
import { stepLook } from '#components/workflows/step-look.ts'
import type { HistoryStep, RunDetail, StepStatus } from '#lib/contracts/runs.ts'
import { attemptsOf } from './run-words.ts'
import { StepAttempt } from './step-attempt.tsx'

type TimelineProps = Pick<RunDetail, 'workflow' | 'steps' | 'current_step' | 'error' | 'status'>

/** The steps in the author's order, each with what happened to it. `#step-<id>` opens one. */
export function StepTimeline(run: TimelineProps) {
  const list = useRef<HTMLOListElement>(null)
  useEffect(() => {
    const id = decodeURIComponent(location.hash.slice(1))
    const target = id === '' ? null : document.getElementById(id)
    if (!(target instanceof HTMLDetailsElement) || !list.current?.contains(target)) return
    target.open = true
    target.scrollIntoView({ block: 'start' })
  }, [])
  const focus = run.error?.step ?? run.current_step
  return (
    <section aria-labelledby="steps">
      <h2 id="steps" className="sr-only">
        Steps
      </h2>
      <ol ref={list} className="rounded-lg border bg-surface">
        {run.workflow.steps.map((step, i) => (
          <Step
            key={step.id}
            step={step}
            attempts={attemptsOf(step.id, run.steps)}
            last={i === run.workflow.steps.length - 1}
            open={step.id === focus && run.status !== 'running'}
          />
        ))}
      </ol>
    </section>
  )
}

interface StepProps {
  readonly step: RunDetail['workflow']['steps'][number]
  readonly attempts: readonly HistoryStep[]
  readonly last: boolean
  readonly open: boolean
}

function Step({ step, attempts, last, open }: StepProps) {
  const latest = attempts.at(-1)
  const status: StepStatus = latest?.status ?? 'pending'
  const { icon: Icon, label } = stepLook(step.type)
  const summary = (
    <>
      <StatusIcon status={status} className="relative z-10 bg-surface" />
      <span className={clsx('min-w-0 truncate text-sm font-medium', !latest && 'text-ink-subtle')}>
        {step.name ?? step.id}
      </span>
      <span className="flex shrink-0 items-center gap-1 text-xs text-ink-subtle max-sm:hidden">
        <Icon aria-hidden="true" className="size-3.5" />
        {label}
      </span>
      <span className="tabular ml-auto flex shrink-0 items-center gap-3 text-xs text-ink-subtle">
        {attempts.length > 1 && <span>{attempts.length} attempts</span>}
        {latest?.duration_ms !== null && latest?.duration_ms !== undefined && (
          <span>{duration(latest.duration_ms)}</span>
        )}
      </span>
    </>
  )
  const rail = !last && (
    <span aria-hidden="true" className="absolute top-8 bottom-[-0.75rem] left-[1.4375rem] w-px bg-line" />
  )
  const row = 'flex min-h-11 items-center gap-2.5 px-4 py-2'
  if (!latest) {
    return (
      <li className={clsx('relative', !last && 'border-b')}>
        {rail}
        <div className={clsx(row, 'pr-10')}>{summary}</div>
      </li>
    )
  }
  return (
    <li className={clsx('relative', !last && 'border-b')}>
      {rail}
      <details id={`step-${step.id}`} open={open} className="group scroll-mt-4">
        <summary className={clsx(row, 'list-none rounded-lg hover:bg-sunken [&::-webkit-details-marker]:hidden')}>
          {summary}
          <ChevronRight
            aria-hidden="true"
            className="size-4 shrink-0 text-ink-subtle transition-transform group-open:rotate-90"
          />
        </summary>
        <div className="relative grid gap-6 bg-sunken/60 py-4 pr-4 pl-4 sm:pl-[2.625rem]">
          {attempts.toReversed().map((attempt) => (
            <StepAttempt
              key={`${attempt.epoch}-${attempt.path}-${attempt.visit}-${attempt.attempt}`}
              attempt={attempt}
              heading={attempts.length > 1 ? attemptName(attempt, attempts) : null}
            />
          ))}
        </div>
      </details>
    </li>
  )
}

/** Says only what tells this attempt from the others. */
function attemptName(attempt: HistoryStep, all: readonly HistoryStep[]): string {
  const parts = []
  if (all.some((other) => other.epoch !== attempt.epoch)) parts.push(`Retry ${attempt.epoch}`)
  if (all.some((other) => other.visit !== attempt.visit)) parts.push(`Visit ${attempt.visit}`)
  if (parts.length === 0 || attempt.attempt > 1) parts.push(`Attempt ${attempt.attempt}`)
  return parts.join(' · ')
}
