'use client'
import { History } from 'lucide-react'
import { Suspense } from 'react'
import { Button } from '#components/ui/button.tsx'
import { DateTime } from '#components/ui/date-time.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { lazyPart } from '#components/ui/lazy-part.ts'
import { Notice } from '#components/ui/notice.tsx'
import { Segmented } from '#components/ui/segmented.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { VisibleText } from '#components/ui/visible-text.tsx'
import type { RunEventEntry, RunEventsQuery } from '#lib/contracts/run-events.ts'
import { eventDetail, eventWords } from './event-words.ts'

export type EventKind = NonNullable<RunEventsQuery['kind']> | 'all'

const KINDS = [
  { value: 'all', label: 'All' },
  { value: 'run', label: 'Run' },
  { value: 'step', label: 'Steps' },
  { value: 'wait', label: 'People' },
] as const satisfies readonly { value: EventKind; label: string }[]

export const EVENT_KINDS = KINDS.map(({ value }) => value)

export interface EventsViewProps {
  /** undefined: on their way. */
  readonly events: readonly RunEventEntry[] | undefined
  readonly error: string | null
  readonly kind: EventKind
  readonly onKind: (kind: EventKind) => void
  /** null when there is nothing more to fetch. */
  readonly onMore: (() => void) | null
  readonly onStep: (step: string) => void
}

/** Everything that happened, in order. */
export function EventsView({ events, error, kind, onKind, onMore, onStep }: EventsViewProps) {
  return (
    <div className="grid gap-3">
      <Segmented label="Kind of events" value={kind} options={KINDS} onChange={onKind} />
      {error && <Notice tone="bad">{error}</Notice>}
      {!events && !error && (
        <div className="rounded-lg border bg-surface">
          <SkeletonRows label="Loading the events" />
        </div>
      )}
      {events?.length === 0 && <EmptyState icon={History} title="Nothing of this kind has happened" />}
      {events && events.length > 0 && <Rows events={events} onMore={onMore} onStep={onStep} />}
    </div>
  )
}

const ROW =
  'grid grid-cols-[2.5rem_minmax(0,1fr)_auto] items-center gap-x-3 px-3 sm:grid-cols-[3rem_minmax(0,1fr)_minmax(0,12rem)_11rem] sm:px-4'
const ALL_AT_ONCE = 200
/** Few runs have that many. */
const ManyEvents = lazyPart(async () => (await import('./many-events.tsx')).ManyEvents)

function Rows({
  events,
  onMore,
  onStep,
}: { readonly events: readonly RunEventEntry[] } & Pick<EventsViewProps, 'onMore' | 'onStep'>) {
  return (
    <section aria-label="Events" className="overflow-clip rounded-lg border bg-surface">
      <div aria-hidden="true" className={`${ROW} h-8 border-b bg-sunken text-xs text-ink-subtle`}>
        <span>#</span>
        <span>What</span>
        <span className="max-sm:hidden">Step</span>
        <span className="text-end">When</span>
      </div>
      {events.length > ALL_AT_ONCE ? (
        <Suspense fallback={<SkeletonRows rows={12} label="Loading the events" />}>
          <ManyEvents events={events} onMore={onMore} row={(event) => <Row event={event} onStep={onStep} />} />
        </Suspense>
      ) : (
        <ol>
          {events.map((event) => (
            <li key={event.seq} className="border-b border-line/60 last:border-0">
              <Row event={event} onStep={onStep} />
            </li>
          ))}
        </ol>
      )}
      {onMore && (
        <div className="border-t p-2 text-center">
          <Button size="sm" variant="ghost" onClick={onMore}>
            Show more events
          </Button>
        </div>
      )}
    </section>
  )
}

function Row({ event, onStep }: { readonly event: RunEventEntry } & Pick<EventsViewProps, 'onStep'>) {
  const detail = eventDetail(event)
  const { step_id } = event
  return (
    <div className={`${ROW} h-9 text-[0.8125rem]`}>
      <span className="tabular text-xs text-ink-subtle">{event.seq}</span>
      <span className="truncate" title={event.type}>
        {eventWords(event)}
        {detail && (
          <span dir="auto" className="text-ink-muted">
            {' · '}
            <VisibleText text={detail} />
          </span>
        )}
      </span>
      <span className="truncate max-sm:hidden">
        {step_id && (
          <button
            type="button"
            onClick={() => onStep(step_id)}
            className="max-w-full truncate rounded py-1 font-mono text-xs text-ink-muted hover:text-ink hover:underline"
          >
            {step_id}
          </button>
        )}
      </span>
      <DateTime
        at={event.at}
        precision="second"
        className="tabular text-end text-xs whitespace-nowrap text-ink-muted"
      />
    </div>
  )
}
