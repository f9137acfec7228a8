'use client'
import { clsx } from 'clsx'
import { CircleCheck, Inbox, ListFilter, MousePointerClick } from 'lucide-react'
import { type ReactNode, type RefObject, useEffect, useRef } from 'react'
import { Button } from '#components/ui/button.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { Failure } from '#components/ui/failure.tsx'
import { Kbd } from '#components/ui/kbd.tsx'
import { MoreButton } from '#components/ui/more-button.tsx'
import { NavTabs } from '#components/ui/nav-tabs.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import type { ApprovalFacets, ApprovalRow } from '#lib/contracts/approvals.ts'
import type { BulkDecision } from './bulk-view.tsx'
import { ActiveFilters, InboxTools } from './inbox-filters.tsx'
import { type InboxParams, inboxHref, NO_FILTERS } from './inbox-params.ts'
import { InboxRow } from './inbox-row.tsx'

export interface InboxViewProps {
  readonly params: InboxParams
  readonly counts: { readonly mine: number; readonly all: number } | undefined
  readonly facets: ApprovalFacets | undefined
  /** undefined while it loads. */
  readonly approvals: readonly ApprovalRow[] | undefined
  readonly error?: string | null
  /** Loads it once more. */
  readonly onRetry?: () => Promise<unknown>
  readonly hasMore?: boolean
  readonly loadingMore?: boolean
  readonly onMore?: () => void
  /** The request beside the list: the one of the address, else the first. */
  readonly current: string | null
  readonly detail: ReactNode
  readonly selected: ReadonlySet<string>
  readonly onToggle: (id: string) => void
  readonly onBulk: (decision: BulkDecision) => void
  readonly onClear: () => void
  readonly onParams: (change: Partial<InboxParams>) => void
  readonly onOpen: (id: string) => void
}

/** The list, and beside it what is open; on narrow screens one of both. */
export function InboxView(props: InboxViewProps) {
  const { params, counts, facets, approvals, error, current, detail, onParams } = props
  const tabs = [
    { tab: 'mine', label: 'Mine', count: counts?.mine },
    { tab: 'team', label: 'Team', count: counts?.all },
    { tab: 'decided', label: 'Decided', count: undefined },
  ] as const
  const opened = params.id !== null
  const list = useRef<HTMLDivElement>(null)
  useKeptInSight(list, current)
  return (
    <div className="grid min-h-0 flex-1 lg:flex-none lg:h-[calc(100dvh-var(--shell-top))] lg:grid-rows-[minmax(0,1fr)] lg:grid-cols-[minmax(20rem,26rem)_minmax(0,1fr)]">
      <div className={clsx('flex min-h-0 min-w-0 flex-col lg:border-e', opened && 'max-lg:hidden')}>
        <div className="grid gap-3 px-4 pt-4">
          <div className="flex items-center justify-between gap-3">
            <h1 className="text-xl font-semibold tracking-tight">Inbox</h1>
            <InboxTools params={params} facets={facets} onChange={onParams} />
          </div>
          <NavTabs
            label="Inbox"
            tabs={tabs.map(({ tab, label, count }) => ({
              href: inboxHref({ ...params, ...NO_FILTERS, tab, id: null }),
              label,
              current: tab === params.tab,
              ...(count === undefined ? {} : { count }),
            }))}
          />
        </div>
        <div ref={list} className="min-h-0 flex-1 lg:overflow-y-auto">
          <div className="grid gap-3 px-4 pt-3 empty:hidden">
            <Failure error={error} onRetry={props.onRetry} />
            <ActiveFilters params={params} facets={facets} onChange={onParams} />
          </div>
          {!approvals && !error && <SkeletonRows label="Loading requests" />}
          {approvals?.length === 0 && <Nothing params={params} onParams={onParams} others={counts?.all ?? 0} />}
          {approvals && approvals.length > 0 && <Rows {...props} approvals={approvals} />}
        </div>
        <Foot {...props} />
      </div>
      <section
        aria-label="The open request"
        className={clsx('min-h-0 min-w-0 lg:overflow-y-auto', !opened && 'max-lg:hidden')}
      >
        {detail ?? (approvals && <NothingOpen empty={approvals.length === 0} />)}
      </section>
    </div>
  )
}

function Rows(props: InboxViewProps & { readonly approvals: readonly ApprovalRow[] }) {
  const { params, approvals, current, selected, onToggle, onOpen, hasMore, loadingMore, onMore } = props
  const first = approvals.find(({ id }) => selected.has(id))
  return (
    <>
      <ul aria-label="Requests" className="mt-1 divide-y">
        {approvals.map((approval) => (
          <li key={approval.id}>
            <InboxRow
              approval={approval}
              href={inboxHref({ ...params, id: approval.id })}
              current={approval.id === current}
              byDefault={params.id === null}
              onOpen={() => onOpen(approval.id)}
              selection={
                approval.mine
                  ? {
                      selected: selected.has(approval.id),
                      allowed: first === undefined || alike(first, approval),
                      onToggle: () => onToggle(approval.id),
                    }
                  : null
              }
            />
          </li>
        ))}
      </ul>
      {hasMore && onMore && (
        <div className="grid p-4">
          <MoreButton loading={loadingMore} onClick={onMore} />
        </div>
      )}
    </>
  )
}

/** Requests of the same step of the same workflow: what is said of one can be said of all. */
export function alike(a: ApprovalRow, b: ApprovalRow): boolean {
  return a.workflow_id === b.workflow_id && a.step_id === b.step_id
}

/** What can be done with the selected ones; else the keys. */
function Foot({ selected, onBulk, onClear, approvals }: InboxViewProps) {
  if (selected.size > 0) {
    return (
      <div className="motion-fade sticky bottom-(--shell-bottom,0px) z-20 flex flex-wrap items-center gap-2 border-t bg-surface px-4 py-2.5">
        <p className="tabular me-auto text-[0.8125rem] font-medium" aria-live="polite">
          {selected.size} selected
        </p>
        <Button size="sm" variant="primary" onClick={() => onBulk('approve')}>
          Approve
        </Button>
        <Button size="sm" onClick={() => onBulk('reject')}>
          Reject
        </Button>
        <Button size="sm" variant="ghost" onClick={onClear}>
          Clear
        </Button>
      </div>
    )
  }
  if (!approvals?.length) return null
  return (
    <p className="hidden flex-wrap items-center gap-x-3 gap-y-1 border-t px-4 py-2 text-xs text-ink-subtle lg:flex">
      <Hint keys={['J', 'K']}>move</Hint>
      {approvals.some(({ mine }) => mine) && (
        <>
          <Hint keys={['A']}>approve</Hint>
          <Hint keys={['R']}>reject</Hint>
          <Hint keys={['X']}>select</Hint>
        </>
      )}
      <Hint keys={['?']}>all keys</Hint>
    </p>
  )
}

function Hint({ keys, children }: { readonly keys: readonly string[]; readonly children: string }) {
  return (
    <span className="flex items-center gap-1.5 whitespace-nowrap">
      <Kbd keys={keys} />
      {children}
    </span>
  )
}

interface NothingProps {
  readonly params: InboxParams
  readonly others: number
  readonly onParams: InboxViewProps['onParams']
}

function Nothing({ params, others, onParams }: NothingProps) {
  const filtered = Object.keys(NO_FILTERS).some((name) => params[name as keyof typeof NO_FILTERS] !== null)
  if (filtered) {
    return (
      <EmptyState
        icon={ListFilter}
        title="Nothing matches the filters"
        action={<Button onClick={() => onParams(NO_FILTERS)}>Clear the filters</Button>}
      />
    )
  }
  if (params.tab === 'decided') {
    return (
      <EmptyState icon={CircleCheck} title="Nothing was decided yet">
        Decisions stay here with who made them, when and why.
      </EmptyState>
    )
  }
  const mine = params.tab === 'mine'
  return (
    <EmptyState
      icon={CircleCheck}
      title={mine ? 'Nothing waits for you' : 'Nothing waits for anybody'}
      action={
        mine &&
        others > 0 && (
          <Button onClick={() => onParams({ tab: 'team' })}>
            {others === 1 ? 'See what waits for others' : `See the ${others} that wait for others`}
          </Button>
        )
      }
    >
      When a run asks for {mine ? 'your' : 'an'} approval, it stands here{mine ? ' and a mail tells you' : ''}.
    </EmptyState>
  )
}

function NothingOpen({ empty }: { readonly empty: boolean }) {
  return (
    <div className="grid h-full place-items-center">
      <EmptyState icon={empty ? Inbox : MousePointerClick} title={empty ? 'All done here' : 'Nothing is open'}>
        {empty ? 'What you open stands here in full.' : 'Choose a request on the left to read and decide it.'}
      </EmptyState>
    </div>
  )
}

/** What is moved to by keyboard is scrolled to. */
function useKeptInSight(list: RefObject<HTMLDivElement | null>, current: string | null): void {
  useEffect(() => {
    if (current === null) return
    list.current?.querySelector(`[data-row="${CSS.escape(current)}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [list, current])
}
