import type { ApprovalFacetsQuery, ApprovalListQuery } from '#lib/contracts/approvals.ts'

export const INBOX_TABS = ['mine', 'team', 'decided'] as const
export type InboxTab = (typeof INBOX_TABS)[number]

export const PRIORITIES = ['high', 'normal', 'low'] as const
export const DUES = ['overdue', 'day', 'week', 'none'] as const
export const SORTS = ['due', 'date', 'priority'] as const
export type InboxSort = (typeof SORTS)[number]

/** What the address of the inbox says: the tab, what it is narrowed down to, its order, and what is open beside it. */
export interface InboxParams {
  readonly tab: InboxTab
  readonly sort: InboxSort
  readonly workflow: string | null
  readonly priority: (typeof PRIORITIES)[number] | null
  readonly due: (typeof DUES)[number] | null
  /** Who asked. */
  readonly by: string | null
  /** The request that is open. */
  readonly id: string | null
}

export type InboxFilters = Pick<InboxParams, 'workflow' | 'priority' | 'due' | 'by'>
export const NO_FILTERS: InboxFilters = { workflow: null, priority: null, due: null, by: null }

/** Reads an address; what it says wrongly counts as not said. */
export function readInboxParams(get: (name: string) => string | null | undefined): InboxParams {
  const one = <Value extends string>(name: string, known: readonly Value[]) =>
    known.find((value) => value === get(name)) ?? null
  return {
    tab: one('tab', INBOX_TABS) ?? 'mine',
    sort: one('sort', SORTS) ?? 'due',
    workflow: get('workflow') || null,
    priority: one('priority', PRIORITIES),
    due: one('due', DUES),
    by: get('by') || null,
    id: get('id') || null,
  }
}

/** The address of the inbox in which that holds; what is usual is left out. */
export function inboxHref(params: InboxParams): string {
  const { tab, sort, ...rest } = params
  const said = { tab: tab === 'mine' ? null : tab, sort: sort === 'due' ? null : sort, ...rest }
  const query = new URLSearchParams(Object.entries(said).flatMap(([name, value]) => (value ? [[name, value]] : [])))
  return query.size === 0 ? '/inbox' : `/inbox?${query}`
}

const SCOPES = {
  mine: { status: 'pending', scope: 'mine' },
  team: { status: 'pending', scope: 'all' },
  decided: { status: 'decided' },
} as const satisfies Record<InboxTab, ApprovalFacetsQuery>

/** What the list asks the API for: the page on the server and the list in the browser must ask alike to share the answer. */
export function inboxQuery({ tab, sort, workflow, priority, due, by }: InboxParams): Partial<ApprovalListQuery> {
  return {
    ...SCOPES[tab],
    sort: tab === 'decided' && sort === 'due' ? 'decided' : sort,
    ...(workflow ? { workflow_id: workflow } : {}),
    ...(priority ? { priority } : {}),
    ...(due ? { due } : {}),
    ...(by ? { requested_by: by } : {}),
  }
}

/** The choices of the filters belong to a tab, whatever is chosen of them. */
export function facetsQuery({ tab }: Pick<InboxParams, 'tab'>): ApprovalFacetsQuery {
  return SCOPES[tab]
}
