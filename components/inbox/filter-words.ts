import type { ApprovalFacets } from '#lib/contracts/approvals.ts'
import type { InboxFilters, InboxParams, InboxSort } from './inbox-params.ts'

export const PRIORITY_WORDS = { high: 'High', normal: 'Normal', low: 'Low' } as const
export const DUE_WORDS = {
  overdue: 'Overdue',
  day: 'Within 24 hours',
  week: 'Within 7 days',
  none: 'No time limit',
} as const

export function sortWords(sort: InboxSort, tab: InboxParams['tab']): string {
  if (sort === 'priority') return 'Priority'
  if (tab === 'decided') return sort === 'due' ? 'Latest decision' : 'Newest request'
  return sort === 'due' ? 'Due first' : 'Newest first'
}

/** What the list is narrowed down to, one chip each. */
export function activeFilters(
  { workflow, priority, due, by }: InboxFilters,
  facets: ApprovalFacets | undefined,
): readonly { readonly name: keyof InboxFilters; readonly label: string }[] {
  const named = facets?.workflows.find(({ id }) => id === workflow)?.name
  return [
    ...(workflow ? [{ name: 'workflow' as const, label: `Workflow: ${named ?? 'another one'}` }] : []),
    ...(priority ? [{ name: 'priority' as const, label: `Priority: ${PRIORITY_WORDS[priority].toLowerCase()}` }] : []),
    ...(due
      ? [{ name: 'due' as const, label: due === 'none' ? DUE_WORDS.none : `Due: ${DUE_WORDS[due].toLowerCase()}` }]
      : []),
    ...(by ? [{ name: 'by' as const, label: `Asked by ${by}` }] : []),
  ]
}
