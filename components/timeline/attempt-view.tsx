import { clsx } from 'clsx'
import { Check, CornerUpLeft, X } from 'lucide-react'
import { MockNote } from '#components/guide/mock-note.tsx'
import { DateTime } from '#components/ui/date-time.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { RelativeTime } from '#components/ui/time.tsx'
import { duration } from '#components/ui/time-format.ts'
import { VisibleText } from '#components/ui/visible-text.tsx'
import type { HistoryStep, StepSummary } from '#lib/contracts/run-steps.ts'
import type { DecisionEntry } from '#lib/contracts/run-waits.ts'
import { AiCalls } from './ai-call.tsx'
import { decisionSentence, sourceLabel } from './attempt-words.ts'
import { barLook } from './bar-look.ts'
import { timesOf } from './time-axis.ts'
import { hasContent, ValueBox } from './value-box.tsx'

export interface AttemptViewProps {
  readonly summary: StepSummary
  /** undefined: on its way. */
  readonly attempt: HistoryStep | undefined
  readonly error: string | null
  readonly now: number
}

/** One attempt of one visit: where its time went, what went wrong, what came out, what went in. */
export function AttemptView({ summary, attempt, error, now }: AttemptViewProps) {
  return (
    <div className="grid min-w-0 gap-4">
      <Times summary={summary} now={now} />
      {summary.error && (
        <Notice tone="bad">
          <VisibleText text={summary.error.message} />{' '}
          <code className="font-mono text-xs text-ink-muted">{summary.error.code}</code>
          {summary.retry_at && (
            <p className="text-[0.8125rem] text-ink-muted">
              Another attempt was set for <DateTime at={summary.retry_at} />.
            </p>
          )}
        </Notice>
      )}
      {error && <Notice tone="bad">{error}</Notice>}
      {!attempt && !error && <Loading />}
      {attempt && <Bodies attempt={attempt} />}
    </div>
  )
}

function Bodies({ attempt }: { readonly attempt: HistoryStep }) {
  const empty = !hasContent(attempt.output) && !hasContent(attempt.input) && attempt.ai_calls.length === 0
  return (
    <>
      {attempt.ai_calls.some((call) => call.provider === 'mock') && <MockNote />}
      {attempt.decisions.length > 0 && <Decisions decisions={attempt.decisions} />}
      <AiCalls calls={attempt.ai_calls} />
      {hasContent(attempt.output) && (
        <ValueBox title="Output" note={sourceLabel(attempt.source)} value={attempt.output} />
      )}
      {hasContent(attempt.input) && <ValueBox title="Input" value={attempt.input} />}
      {empty && attempt.decisions.length === 0 && !attempt.error && (
        <p className="text-[0.8125rem] text-ink-muted">{nothingYet(attempt)}</p>
      )}
    </>
  )
}

function nothingYet({ status, type }: HistoryStep): string {
  if (status === 'waiting' && type === 'delay') return 'It rests, and goes on by itself.'
  if (status === 'waiting' && type === 'workflow')
    return 'It waits for the run it called. What that answers appears here.'
  if (status === 'running') return 'It is under way. What comes of it appears here.'
  if (status === 'waiting') return 'It waits for people. Their answer appears here.'
  if (status === 'skipped') return 'It was skipped, because its condition did not hold.'
  return 'Nothing went in and nothing came out.'
}

/** What an attempt did beside executing: it waited for people, unless it rested or held others. */
function lastPart({ waiting, pause, inside }: ReturnType<typeof timesOf>) {
  if (inside > 0) return { label: 'Steps inside', ms: inside, spent: 'inside' as const }
  if (waiting === 0 && pause > 0) return { label: 'Pause', ms: pause, spent: 'pause' as const }
  return { label: 'Waiting', ms: waiting, spent: 'waiting' as const }
}

function Times({ summary, now }: { readonly summary: StepSummary; readonly now: number }) {
  const times = timesOf([summary], now)
  const parts = [
    { label: 'Queue', ms: times.queue, spent: 'queue' as const },
    { label: 'Execution', ms: times.execution, spent: 'execution' as const },
    lastPart(times),
  ]
  return (
    <div>
      <dl className="grid grid-cols-3 divide-x rounded-md border rtl:divide-x-reverse">
        {parts.map(({ label, ms, spent }) => (
          <div key={label} className="px-3 py-2">
            <dt className="flex items-center gap-1.5 text-xs text-ink-muted">
              <span
                aria-hidden="true"
                className={clsx('inline-block w-3 rounded-xs', barLook(spent, summary.status))}
              />
              {label}
            </dt>
            <dd className="tabular text-sm font-medium">{ms === 0 ? 'none' : duration(ms)}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-1.5 text-xs text-ink-muted">
        Began <DateTime at={summary.started_at} />
        {summary.ended_at && (
          <>
            , ended <DateTime at={summary.ended_at} />
          </>
        )}
        {summary.until && (
          <>
            , rests until <DateTime at={summary.until} />
          </>
        )}
        {summary.retry_at !== null &&
          times.pause > 0 &&
          `, then paused ${duration(times.pause)} before the next attempt`}
      </p>
    </div>
  )
}

const MARKS = {
  approve: { icon: Check, look: 'text-good' },
  reject: { icon: X, look: 'text-bad' },
  revise: { icon: CornerUpLeft, look: 'text-warn' },
} as const

export function Decisions({ decisions }: { readonly decisions: readonly DecisionEntry[] }) {
  return (
    <section>
      <h3 className="mb-1.5 text-xs font-medium text-ink-muted">{decisions.length === 1 ? 'Decision' : 'Decisions'}</h3>
      <ul className="grid gap-2">
        {decisions.map((entry) => {
          const { icon: Icon, look } = MARKS[entry.decision]
          return (
            <li
              key={`${entry.approver} ${entry.at}`}
              className="flex gap-2 rounded-md border px-3 py-2 text-[0.8125rem]"
            >
              <Icon aria-hidden="true" className={clsx('mt-0.5 size-4 shrink-0', look)} />
              <div className="min-w-0">
                <p>
                  <span className="font-medium">{decisionSentence(entry)}</span>{' '}
                  <RelativeTime at={entry.at} className="text-xs whitespace-nowrap text-ink-muted" />
                </p>
                {entry.comment && (
                  <p dir="auto" className="mt-1 whitespace-pre-wrap text-ink-muted">
                    <VisibleText text={entry.comment} />
                  </p>
                )}
              </div>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

function Loading() {
  return (
    <div role="status" aria-label="Loading the attempt" className="grid gap-3">
      <Skeleton className="h-4 w-24" />
      <Skeleton className="h-32 w-full" />
      <Skeleton className="h-20 w-full" />
    </div>
  )
}
