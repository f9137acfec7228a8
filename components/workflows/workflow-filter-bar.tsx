import { SearchField } from '#components/ui/search-field.tsx'
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
      <SearchField
        label="Search workflows"
        placeholder="Search workflows"
        className="min-w-48 flex-1 sm:max-w-xs"
        value={filters.q}
        onChange={(q) => onFilters({ ...filters, q })}
      />
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
