import { ChevronDown, X } from 'lucide-react'
import { useId } from 'react'
import { RangePicker } from '#components/analytics/range-picker.tsx'
import { Button } from '#components/ui/button.tsx'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { Popover } from '#components/ui/popover.tsx'
import { SearchField } from '#components/ui/search-field.tsx'
import type { RunStatus } from '#lib/contracts/runs.ts'
import { RUN_STATUSES } from '#lib/workflow/state.ts'
import { isFiltered, NO_FILTERS, type RunFilters } from './run-list-input.ts'
import { StatusIcon, statusLabel } from './status.tsx'
import { WorkflowCombobox, type WorkflowOption } from './workflow-combobox.tsx'

export interface RunFilterBarProps {
  readonly filters: RunFilters
  readonly onFilters: (filters: RunFilters) => void
  /** The name of the workflow that is filtered by; null while it is not known. */
  readonly workflowName: string | null
  readonly workflowOptions: readonly WorkflowOption[]
  readonly onWorkflowSearch: (text: string) => void
  /** The reader as runs name their starter. */
  readonly me: string
}

/** Every filter in sight, each in the address. */
export function RunFilterBar({ filters, onFilters, me, ...workflows }: RunFilterBarProps) {
  const others = filters.startedBy !== null && filters.startedBy !== me
  return (
    <search className="flex flex-wrap items-center gap-2">
      <SearchField
        label="Search runs by workflow or id"
        placeholder="Workflow or run id"
        className="min-w-48 flex-1 sm:max-w-60"
        value={filters.q}
        onChange={(q) => onFilters({ ...filters, q })}
      />
      <StatusFilter value={filters.status} onChange={(status) => onFilters({ ...filters, status })} />
      <WorkflowCombobox
        value={filters.workflowId}
        name={workflows.workflowName}
        options={workflows.workflowOptions}
        onSearch={workflows.onWorkflowSearch}
        onChange={(workflowId) => onFilters({ ...filters, workflowId })}
      />
      <RangePicker value={filters.range} always="Any time" onChange={(range) => onFilters({ ...filters, range })} />
      {others ? (
        <Button onClick={() => onFilters({ ...filters, startedBy: null })}>
          <span dir="auto" className="max-w-40 truncate">
            By {filters.startedBy}
          </span>
          <X aria-hidden="true" />
          <span className="sr-only">Show runs of everybody</span>
        </Button>
      ) : (
        <Button
          aria-pressed={filters.startedBy === me}
          className="aria-pressed:bg-hover"
          onClick={() => onFilters({ ...filters, startedBy: filters.startedBy === me ? null : me })}
        >
          Started by me
        </Button>
      )}
      {isFiltered(filters) && (
        <Button variant="ghost" onClick={() => onFilters(NO_FILTERS)}>
          Clear
        </Button>
      )}
    </search>
  )
}

interface StatusFilterProps {
  readonly value: readonly RunStatus[]
  readonly onChange: (value: readonly RunStatus[]) => void
}

function StatusFilter({ value, onChange }: StatusFilterProps) {
  const id = useId()
  return (
    <Popover
      label="Status"
      align="start"
      trigger={
        <Button>
          <span className="sr-only">Status: </span>
          {statusWords(value)}
          <ChevronDown aria-hidden="true" className="text-ink-subtle" />
        </Button>
      }
    >
      <fieldset className="grid w-48 gap-0.5">
        <legend className="sr-only">Runs with the status</legend>
        {RUN_STATUSES.map((status) => (
          <label
            key={status}
            htmlFor={`${id}-${status}`}
            className="flex h-8 cursor-pointer items-center gap-2 rounded-md px-2 text-[0.8125rem] hover:bg-hover"
          >
            <Checkbox
              id={`${id}-${status}`}
              checked={value.includes(status)}
              onChange={() => onChange(RUN_STATUSES.filter((each) => (each === status) !== value.includes(each)))}
            />
            <span aria-hidden="true" className="inline-flex">
              <StatusIcon status={status} />
            </span>
            {statusLabel(status)}
          </label>
        ))}
      </fieldset>
    </Popover>
  )
}

function statusWords(value: readonly RunStatus[]): string {
  if (value.length === 0) return 'Every status'
  return value.length > 2 ? `${value.length} statuses` : value.map(statusLabel).join(', ')
}
