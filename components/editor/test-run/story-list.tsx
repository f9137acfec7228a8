import { Ban, ChevronRight, Mail, RotateCcw, TimerOff } from 'lucide-react'
import type { ReactNode } from 'react'
import { StatusIcon, statusLabel } from '#components/runs/status.tsx'
import { AiCalls } from '#components/timeline/ai-call.tsx'
import { JsonView } from '#components/ui/json-view.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { VisibleText } from '#components/ui/visible-text.tsx'
import { stepLook } from '#components/workflows/step-look.ts'
import type { HistoryStep } from '#lib/contracts/run-steps.ts'
import type { RunDetail } from '#lib/contracts/runs.ts'
import type { Json } from '#lib/json.ts'
import type { StoryEntry } from '#lib/simulation/types.ts'
import { silenceWords, sinceStart } from './test-words.ts'

interface StoryListProps {
  readonly story: readonly StoryEntry[]
  readonly run: Pick<RunDetail, 'workflow' | 'started_at'>
}

/** What happened so far, in order: steps to open, mails that would have gone out, and what silence did. */
export function StoryList({ story, run }: StoryListProps) {
  const nameOf = (id: string) => run.workflow.steps.find((step) => step.id === id)?.name ?? id
  return (
    <ol aria-label="What happened" className="grid">
      {story.map((entry, i) => {
        const before = story[i - 1]
        const when = before?.at === entry.at ? null : sinceStart(entry.at, run.started_at)
        return (
          <li key={keyOf(entry)} className="border-b last:border-b-0">
            <Entry entry={entry} when={when} nameOf={nameOf} />
          </li>
        )
      })}
    </ol>
  )
}

function keyOf(entry: StoryEntry): string {
  switch (entry.kind) {
    case 'step': {
      const { epoch, path, step_id, visit, attempt } = entry.attempt
      return `step ${epoch} ${path} ${step_id} ${visit} ${attempt}`
    }
    case 'mail':
      return `mail ${entry.at} ${entry.mail.step} ${entry.mail.to} ${entry.mail.subject}`
    default:
      return `${entry.kind} ${entry.at}`
  }
}

interface EntryProps {
  readonly entry: StoryEntry
  readonly when: string | null
  readonly nameOf: (id: string) => string
}

function Entry({ entry, when, nameOf }: EntryProps) {
  switch (entry.kind) {
    case 'step':
      return <Attempt attempt={entry.attempt} name={nameOf(entry.attempt.step_id)} when={when} />
    case 'mail':
      return (
        <Line icon={<Mail aria-hidden="true" className="size-4" />} when={when}>
          <span className="text-ink-muted">
            A mail would go to{' '}
            <span dir="auto" className="font-medium text-ink">
              {entry.mail.to}
            </span>
            : <VisibleText text={entry.mail.subject} />
          </span>
        </Line>
      )
    case 'silence':
      return (
        <Line icon={<TimerOff aria-hidden="true" className="size-4" />} when={when}>
          <span className="font-medium" dir="auto">
            {nameOf(entry.step)}
          </span>
          : {silenceWords(entry.outcome)}
        </Line>
      )
    case 'canceled':
      return (
        <Line icon={<Ban aria-hidden="true" className="size-4" />} when={when}>
          The run was canceled.
        </Line>
      )
    case 'retried':
      return (
        <Line icon={<RotateCcw aria-hidden="true" className="size-4" />} when={when}>
          The run was taken up again.
        </Line>
      )
  }
}

function Line({ icon, when, children }: { icon: ReactNode; when: string | null; children: ReactNode }) {
  return (
    <div className="flex min-h-10 items-start gap-2.5 px-4 py-2.5 text-[0.8125rem]">
      <span className="mt-px shrink-0 text-ink-subtle">{icon}</span>
      <span className="min-w-0 flex-1">{children}</span>
      {when && <When>{when}</When>}
    </div>
  )
}

function When({ children }: { children: ReactNode }) {
  return <span className="tabular shrink-0 text-xs leading-5 text-ink-subtle">{children}</span>
}

function Attempt({ attempt, name, when }: { attempt: HistoryStep; name: string; when: string | null }) {
  const { icon: Icon, label } = stepLook(attempt.type)
  const round = attempt.attempt > 1 ? `attempt ${attempt.attempt}` : attempt.visit > 1 ? `visit ${attempt.visit}` : null
  const violated = attempt.ai_calls.filter(({ violations }) => violations.length > 0).length
  const hasMore =
    attempt.error !== null || attempt.ai_calls.length > 0 || hasContent(attempt.output) || hasContent(attempt.input)
  const summary = (
    <>
      <StatusIcon status={attempt.status} className="mt-0.5" />
      <span className="min-w-0 flex-1">
        <span className="font-medium" dir="auto">
          {name}
        </span>{' '}
        <span className="text-xs text-ink-subtle">
          <Icon aria-hidden="true" className="mb-0.5 inline size-3.5" /> {label}
          {round && ` · ${round}`} · {statusLabel(attempt.status).toLowerCase()}
          {violated > 0 && ` · ${violated === 1 ? '1 answer' : `${violated} answers`} broke the schema`}
        </span>
      </span>
      {when && <When>{when}</When>}
    </>
  )
  const row = 'flex min-h-10 items-start gap-2.5 px-4 py-2.5 text-[0.8125rem]'
  if (!hasMore) return <div className={row}>{summary}</div>
  return (
    <details open={attempt.status === 'failed'} className="group">
      <summary className={`${row} list-none hover:bg-sunken [&::-webkit-details-marker]:hidden`}>
        {summary}
        <ChevronRight
          aria-hidden="true"
          className="mt-0.5 size-4 shrink-0 text-ink-subtle transition-transform group-open:rotate-90 motion-reduce:transition-none rtl:-scale-x-100"
        />
      </summary>
      <div className="grid gap-3 bg-sunken/60 px-4 py-3">
        <h3 className="sr-only">{name}</h3>
        {attempt.error && !attempt.ai_calls.some(({ error }) => error === attempt.error?.message) && (
          <Notice tone="bad">
            <VisibleText text={attempt.error.message} />
          </Notice>
        )}
        {hasContent(attempt.output) && <Data title="Output" value={attempt.output} />}
        {hasContent(attempt.input) && attempt.ai_calls.length === 0 && <Data title="Input" value={attempt.input} />}
        {attempt.ai_calls.length > 0 && <AiCalls calls={attempt.ai_calls} />}
      </div>
    </details>
  )
}

function Data({ title, value }: { title: string; value: Json }) {
  return (
    <div className="min-w-0">
      <p className="mb-1 text-xs font-medium text-ink-subtle">{title}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section aria-label={title} tabIndex={0} className="max-h-72 overflow-auto rounded-md border bg-surface p-3">
        <JsonView value={value} />
      </section>
    </div>
  )
}

function hasContent(value: Json): boolean {
  if (value === null) return false
  return typeof value !== 'object' || Object.keys(value).length > 0
}
