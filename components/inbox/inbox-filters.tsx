'use client'
import { ArrowDownWideNarrow, ListFilter, X } from 'lucide-react'
import { Button } from '#components/ui/button.tsx'
import { DropdownMenu } from '#components/ui/dropdown-menu.tsx'
import { Field } from '#components/ui/field.tsx'
import { Popover } from '#components/ui/popover.tsx'
import { Select } from '#components/ui/select.tsx'
import type { ApprovalFacets } from '#lib/contracts/approvals.ts'
import { activeFilters, DUE_WORDS, PRIORITY_WORDS, sortWords } from './filter-words.ts'
import { DUES, type InboxFilters, type InboxParams, PRIORITIES, SORTS } from './inbox-params.ts'

interface InboxFiltersProps {
  readonly params: InboxParams
  /** undefined while they load. */
  readonly facets: ApprovalFacets | undefined
  readonly onChange: (change: Partial<InboxParams>) => void
}

/** Narrowing down and order, behind two small buttons: the list itself is what counts. */
export function InboxTools({ params, facets, onChange }: InboxFiltersProps) {
  const active = activeFilters(params, facets).length
  return (
    <div className="flex shrink-0 items-center gap-1">
      <Popover
        label="Filter"
        align="end"
        className="w-72"
        trigger={
          <Button size="sm" variant="ghost">
            <ListFilter aria-hidden="true" />
            Filter
            {active > 0 && (
              <span className="tabular rounded bg-accent-soft px-1 text-xs text-accent-ink">{active}</span>
            )}
          </Button>
        }
      >
        <Choices params={params} facets={facets} onChange={onChange} />
      </Popover>
      <DropdownMenu
        align="end"
        trigger={
          <Button size="sm" variant="ghost" aria-label={`Sort: ${sortWords(params.sort, params.tab)}`}>
            <ArrowDownWideNarrow aria-hidden="true" />
            <span className="max-sm:hidden">{sortWords(params.sort, params.tab)}</span>
          </Button>
        }
        items={SORTS.map((sort) => ({
          label: sortWords(sort, params.tab),
          checked: params.sort === sort,
          onSelect: () => onChange({ sort }),
        }))}
      />
    </div>
  )
}

function Choices({ params, facets, onChange }: InboxFiltersProps) {
  const select = (name: keyof InboxFilters, label: string, options: readonly (readonly [string, string])[]) => (
    <Field label={label}>
      {(control) => (
        <Select
          {...control}
          value={params[name] ?? ''}
          onChange={(event) => onChange({ [name]: event.target.value || null })}
        >
          <option value="">Any</option>
          {options.map(([value, text]) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </Select>
      )}
    </Field>
  )
  const counted = (name: string, count: number) => `${name} (${count})`
  return (
    <div className="grid gap-3">
      {select(
        'workflow',
        'Workflow',
        (facets?.workflows ?? []).map(({ id, name, count }) => [id, counted(name, count)]),
      )}
      {select(
        'by',
        'Asked by',
        (facets?.requesters ?? []).map(({ name, count }) => [name, counted(name, count)]),
      )}
      {select(
        'priority',
        'Priority',
        PRIORITIES.map((value) => [value, PRIORITY_WORDS[value]]),
      )}
      {params.tab !== 'decided' &&
        select(
          'due',
          'Due',
          DUES.map((value) => [value, DUE_WORDS[value]]),
        )}
    </div>
  )
}

/** What the list is narrowed down to; each can be taken away. */
export function ActiveFilters({ params, facets, onChange }: InboxFiltersProps) {
  const active = activeFilters(params, facets)
  if (active.length === 0) return null
  return (
    <ul aria-label="Filters" className="flex flex-wrap gap-1.5">
      {active.map(({ name, label }) => (
        <li
          key={name}
          className="flex h-6 max-w-full items-center gap-0.5 rounded-full border bg-sunken ps-2.5 pe-0.5 text-xs text-ink-muted"
        >
          <span className="truncate">{label}</span>
          <button
            type="button"
            aria-label={`Remove the filter “${label}”`}
            onClick={() => onChange({ [name]: null })}
            className="grid size-6 shrink-0 place-items-center rounded-full hover:text-ink"
          >
            <X aria-hidden="true" className="size-3.5" />
          </button>
        </li>
      ))}
    </ul>
  )
}
