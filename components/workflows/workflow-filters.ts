import type { WorkflowListQuery } from '#lib/contracts/workflows.ts'

export const SORTS = ['created', 'updated', 'name'] as const satisfies readonly WorkflowListQuery['sort'][]

export interface WorkflowFilters {
  readonly q: string
  readonly tag: string | null
  /** null: both. */
  readonly enabled: boolean | null
  readonly sort: WorkflowListQuery['sort']
}

export const NO_FILTERS: WorkflowFilters = { q: '', tag: null, enabled: null, sort: 'created' }

/** What an address says. */
export function readFilters(get: (name: string) => string | null | undefined): WorkflowFilters {
  const enabled = get('enabled')
  return {
    q: get('q') ?? '',
    tag: get('tag') || null,
    enabled: enabled === 'true' ? true : enabled === 'false' ? false : null,
    sort: SORTS.find((sort) => sort === get('sort')) ?? 'created',
  }
}

/** As they stand in an address. */
export function filterParams({ q, tag, enabled, sort }: WorkflowFilters): Readonly<Record<string, string | null>> {
  return {
    q: q.trim(),
    tag,
    enabled: enabled === null ? null : String(enabled),
    sort: sort === 'created' ? null : sort,
  }
}

/** What the list asks the API for: the page on the server and the list in the browser must ask alike to share the answer. */
export function workflowListInput({ q, tag, enabled, sort }: WorkflowFilters) {
  const text = q.trim()
  return {
    ...(text === '' ? {} : { q: text }),
    ...(tag === null ? {} : { tag }),
    ...(enabled === null ? {} : { enabled }),
    ...(sort === 'created' ? {} : { sort }),
  }
}

export function isFiltered({ q, tag, enabled }: WorkflowFilters): boolean {
  return q.trim() !== '' || tag !== null || enabled !== null
}
