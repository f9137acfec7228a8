import type { ReactNode } from 'react'
import { StatusIcon } from '#components/runs/status.tsx'
import { JsonView } from '#components/ui/json-view.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { DateTime, RelativeTime } from '#components/ui/time.tsx'
import { duration } from '#components/ui/time-format.ts'
import { VisibleText } from '#components/ui/visible-text.tsx'
import type { DecisionEntry, HistoryStep } from '#lib/contracts/runs.ts'
import type { Json } from '#lib/json.ts'
import { AiCalls } from './ai-call.tsx'
import { decisionSentence, sourceLabel } from './run-words.ts'

/** One attempt of one visit: what went in, what came out, what went wrong. */
export function StepAttempt({ attempt, heading }: { readonly attempt: HistoryStep; readonly heading: string | null }) {
  const source = sourceLabel(attempt.source)
  return (
    <section className="grid min-w-0 gap-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-ink-subtle">
        {heading && (
          <h3 className="flex items-center gap-1.5 text-[0.8125rem] font-medium text-ink">
            <StatusIcon status={attempt.status} />
            {heading}
          </h3>
        )}
        <span>
          Began <DateTime at={attempt.started_at} />
        </span>
        {attempt.duration_ms !== null && <span className="tabular">took {duration(attempt.duration_ms)}</span>}
        {attempt.retry_at && (
          <span>
            next attempt <RelativeTime at={attempt.retry_at} />
          </span>
        )}
      </div>
      {attempt.error && (
        <Notice tone="bad">
          <VisibleText text={attempt.error.message} />{' '}
          <code className="font-mono text-xs text-ink-muted">{attempt.error.code}</code>
        </Notice>
      )}
      {attempt.ai_calls.some((call) => call.provider === 'mock') && (
        <Notice>
          No AI provider is configured, so the built-in mock made this answer up to fit the schema. Set{' '}
          <code className="font-mono text-xs">OPENAI_API_KEY</code> and restart for real answers.
        </Notice>
      )}
      {attempt.decisions.length > 0 && <Decisions decisions={attempt.decisions} />}
      {hasContent(attempt.output) && (
        <Data title="Output" note={source}>
          <JsonView value={attempt.output} />
        </Data>
      )}
      {hasContent(attempt.input) && (
        <Data title="Input">
          <JsonView value={attempt.input} />
        </Data>
      )}
      {attempt.ai_calls.length > 0 && (
        <div className="grid gap-2">
          <p className="text-xs font-medium text-ink-subtle">Calls to the model</p>
          <AiCalls calls={attempt.ai_calls} />
        </div>
      )}
    </section>
  )
}

function Data({
  title,
  note,
  children,
}: {
  readonly title: string
  readonly note?: string | null
  readonly children: ReactNode
}) {
  return (
    <div className="min-w-0">
      <p className="mb-1 text-xs font-medium text-ink-subtle">
        {title}
        {note && <span className="font-normal"> · {note}</span>}
      </p>
      <div className="max-h-[32rem] overflow-auto rounded-md border bg-surface p-3">{children}</div>
    </div>
  )
}

export function Decisions({ decisions }: { readonly decisions: readonly DecisionEntry[] }) {
  return (
    <ul className="grid gap-2">
      {decisions.map((entry) => (
        <li key={`${entry.approver} ${entry.at}`} className="rounded-md border bg-surface px-3 py-2 text-[0.8125rem]">
          <p className="flex flex-wrap items-baseline gap-x-2">
            <span className="font-medium">{decisionSentence(entry)}</span>
            <RelativeTime at={entry.at} className="text-xs text-ink-subtle" />
          </p>
          {entry.comment && (
            <p className="mt-1 whitespace-pre-wrap text-ink-muted">
              “<VisibleText text={entry.comment} />”
            </p>
          )}
        </li>
      ))}
    </ul>
  )
}

function hasContent(value: Json): boolean {
  if (value === null) return false
  return typeof value !== 'object' || Object.keys(value).length > 0
}
