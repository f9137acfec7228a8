'use client'
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { usePathname, useSearchParams } from 'next/navigation'
import { useEffect, useState } from 'react'
import { useLive } from '#components/live/use-live.ts'
import { pagesOf } from '#components/paging.ts'
import { errorSentence, useTRPC, useTRPCClient } from '#components/trpc.tsx'
import { lazyPart } from '#components/ui/lazy-part.ts'
import { OnDemand } from '#components/ui/on-demand.tsx'
import { useHotkeys } from '#components/ui/use-hotkeys.ts'
import { ApprovalDetail } from './approval-detail.tsx'
import type { BulkDecision } from './bulk-view.tsx'
import { facetsQuery, type InboxParams, inboxHref, inboxQuery, readInboxParams } from './inbox-params.ts'
import { alike, InboxView } from './inbox-view.tsx'

const BulkDialog = lazyPart(async () => (await import('./bulk-dialog.tsx')).BulkDialog)

const NONE: ReadonlySet<string> = new Set()

export function Inbox() {
  const trpc = useTRPC()
  const client = useTRPCClient()
  const queryClient = useQueryClient()
  const [params, go] = useInboxParams()
  const query = inboxQuery(params)
  const counts = useQuery(trpc.approvals.counts.queryOptions())
  const facets = useQuery(trpc.approvals.facets.queryOptions(facetsQuery(params)))
  const list = useInfiniteQuery(
    pagesOf(trpc.approvals.list.infiniteQueryKey(query), (page) => client.approvals.list.query({ ...query, ...page })),
  )
  useLive((events) => {
    if (events.length > 0 && !events.some(({ type }) => type.startsWith('wait.') || type.startsWith('run.'))) return
    void queryClient.invalidateQueries({ queryKey: trpc.approvals.list.pathKey() })
    void queryClient.invalidateQueries({ queryKey: trpc.approvals.facets.pathKey() })
  })

  const approvals = list.data?.pages.flatMap((page) => page.approvals)
  const current = params.id ?? approvals?.[0]?.id ?? null
  const [marked, setMarked] = useState(NONE)
  const [bulk, setBulk] = useState<BulkDecision | null>(null)
  const selected = new Set(approvals?.filter(({ id, mine }) => mine && marked.has(id)).map(({ id }) => id))

  const toggle = (id: string) => {
    const row = approvals?.find((approval) => approval.id === id)
    const first = approvals?.find((approval) => selected.has(approval.id))
    if (!row?.mine || (first && !alike(first, row))) return
    setMarked(selected.has(id) ? new Set([...selected].filter((other) => other !== id)) : new Set([...selected, id]))
  }
  const beside = (by: 1 | -1) => {
    const at = approvals?.findIndex(({ id }) => id === current) ?? -1
    return approvals?.[at + by]?.id
  }
  const move = (by: 1 | -1) => {
    const next = beside(by)
    if (next) go({ id: next }, 'replace')
    else if (by === 1 && list.hasNextPage) void list.fetchNextPage()
  }
  /** What was decided leaves the list: the next one takes its place, or the one before at the end. */
  const goOn = () => {
    if (params.tab === 'decided') return
    go({ id: beside(1) ?? beside(-1) ?? null }, 'replace')
  }
  const open = () => go({ id: current }, 'push')
  useHotkeys({
    j: () => move(1),
    k: () => move(-1),
    ...(current === null
      ? {}
      : {
          x: () => toggle(current),
          o: open,
          ['Enter' as const]: open,
        }),
  })

  return (
    <>
      <InboxView
        params={params}
        counts={counts.data}
        facets={facets.data}
        approvals={approvals}
        error={errorSentence(list.error)}
        onRetry={() => list.refetch()}
        hasMore={list.hasNextPage}
        loadingMore={list.isFetchingNextPage}
        onMore={() => void list.fetchNextPage()}
        current={current}
        detail={
          current && (
            <ApprovalDetail
              key={current}
              id={current}
              beside
              onBack={() => go({ id: null }, 'push')}
              onDecided={goOn}
            />
          )
        }
        selected={selected}
        onToggle={toggle}
        onBulk={setBulk}
        onClear={() => setMarked(NONE)}
        onParams={(change) => go({ id: null, ...change }, 'push')}
        onOpen={(id) => go({ id }, 'push')}
      />
      <OnDemand open={bulk !== null}>
        {bulk && (
          <BulkDialog
            decision={bulk}
            approvals={approvals?.filter(({ id }) => selected.has(id)) ?? []}
            onClose={() => {
              setBulk(null)
              setMarked(NONE)
              // What was open may be decided by now.
              go({ id: null }, 'replace')
            }}
          />
        )}
      </OnDemand>
    </>
  )
}

type Go = (change: Partial<InboxParams>, how: 'push' | 'replace') => void

/**
 * What the address says, and a way to change it without a round trip. A change holds at once, before the router has taken
 * the new address over: the next key may come sooner than that.
 */
function useInboxParams(): readonly [InboxParams, Go] {
  const path = usePathname()
  const search = useSearchParams()
  const [ahead, setAhead] = useState<InboxParams | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address has caught up, or somebody went back
  useEffect(() => setAhead(null), [search])
  const params = ahead ?? readInboxParams((name) => search.get(name))
  const go: Go = (change, how) => {
    const next = { ...params, ...change }
    const href = inboxHref(next)
    if (path + window.location.search === href) return
    setAhead(next)
    if (how === 'push') window.history.pushState(null, '', href)
    else window.history.replaceState(null, '', href)
  }
  return [params, go]
}
