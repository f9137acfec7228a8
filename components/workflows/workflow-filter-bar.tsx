import { Search } from 'lucide-react'
import { Input } from '#components/ui/input.tsx'
import { Select } from '#components/ui/select.tsx'
import type { WorkflowTags } from '#lib/contracts/workflows.ts'
import { SORTS, type WorkflowFilters } from './workflow-filters.ts'

const SORT_WORDS = { created: 'Newest first', updated: 'Last changed first', name: 'By name' } as const

interface WorkflowFilterBarProps {
  readonly filters: WorkflowFilters
  readonly tags: WorkflowTags['tags']
  readonly onFilters: (filters: WorkflowFilters) => void
}

export function WorkflowFilterBar({ filters, tags, onFilters }: WorkflowFilterBarProps) {
  // A tag of an address that nothing bears any longer must still be seen, or nobody knows why the list is empty.
  const known = tags.some(({ tag }) => tag === filters.tag)
  return (
    <search className="flex flex-wrap gap-2">
      <div className="relative min-w-48 flex-1 sm:max-w-xs">
        <Search
          aria-hidden="true"
          className="pointer-events-none absolute start-2.5 top-1/2 size-4 -translate-y-1/2 text-ink-subtle"
        />
        <Input
          type="search"
          aria-label="Search workflows"
          placeholder="Search workflows"
          className="ps-8"
          dir="auto"
          value={filters.q}
          onChange={(event) => onFilters({ ...filters, q: event.target.value })}
        />
      </div>
      {(tags.length > 0 || filters.tag !== null) && (
        <div className="w-40">
          <Select
            aria-label="Tag"
            value={filters.tag ?? ''}
            onChange={(event) => onFilters({ ...filters, tag: event.target.value || null })}
          >
            <option value="">Every tag</option>
            {filters.tag !== null && !known && <option value={filters.tag}>{filters.tag}</option>}
            {tags.map(({ tag, count }) => (
              <option key={tag} value={tag}>
                {tag} ({count})
              </option>
            ))}
          </Select>
        </div>
      )}
      <div className="w-40">
        <Select
          aria-label="Enabled or disabled"
          value={filters.enabled === null ? '' : String(filters.enabled)}
          onChange={({ target: { value } }) =>
            onFilters({ ...filters, enabled: value === '' ? null : value === 'true' })
          }
        >
          <option value="">On and off</option>
          <option value="true">Enabled</option>
          <option value="false">Disabled</option>
        </Select>
      </div>
      <div className="w-44 sm:ms-auto">
        <Select
          aria-label="Order"
          value={filters.sort}
          onChange={({ target: { value } }) =>
            onFilters({ ...filters, sort: SORTS.find((sort) => sort === value) ?? 'created' })
          }
        >
          {SORTS.map((sort) => (
            <option key={sort} value={sort}>
              {SORT_WORDS[sort]}
            </option>
          ))}
        </Select>
      </div>
    </search>
  )
}
