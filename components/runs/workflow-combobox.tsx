'use client'
import { Check, ChevronDown } from 'lucide-react'
import { useId, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Input } from '#components/ui/input.tsx'
import { Popover } from '#components/ui/popover.tsx'

export interface WorkflowOption {
  readonly id: string
  readonly name: string
}

interface WorkflowComboboxProps {
  readonly value: string | null
  readonly name: string | null
  /** What matches what is typed; those of the first page where nothing is. */
  readonly options: readonly WorkflowOption[]
  readonly onSearch: (text: string) => void
  readonly onChange: (workflowId: string | null) => void
}

/** One workflow of many, found by typing. */
export function WorkflowCombobox({ value, name, options, onSearch, onChange }: WorkflowComboboxProps) {
  return (
    <Popover
      label="Workflow"
      align="start"
      trigger={
        <Button className="max-w-60">
          <span className="sr-only">Workflow: </span>
          <span dir="auto" className="truncate">
            {value === null ? 'Every workflow' : (name ?? 'One workflow')}
          </span>
          <ChevronDown aria-hidden="true" className="shrink-0 text-ink-subtle" />
        </Button>
      }
    >
      {(close) => (
        <List
          value={value}
          options={options}
          onSearch={onSearch}
          onChange={(next) => {
            onChange(next)
            onSearch('')
            close()
          }}
        />
      )}
    </Popover>
  )
}

const EVERY: WorkflowOption = { id: '', name: 'Every workflow' }

function List({ value, options, onSearch, onChange }: Omit<WorkflowComboboxProps, 'name'>) {
  const id = useId()
  const [text, setText] = useState('')
  const [active, setActive] = useState(0)
  const shown = text.trim() === '' ? [EVERY, ...options] : options
  const choose = (option: WorkflowOption | undefined) => option && onChange(option.id === '' ? null : option.id)
  const move = (by: number) => {
    const next = Math.min(Math.max(active + by, 0), shown.length - 1)
    setActive(next)
    document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: 'nearest' })
  }
  return (
    <div className="grid w-64 gap-2">
      <Input
        role="combobox"
        aria-label="Find a workflow"
        aria-expanded="true"
        aria-controls={id}
        aria-autocomplete="list"
        {...(shown.length > 0 ? { 'aria-activedescendant': `${id}-${active}` } : {})}
        placeholder="Find a workflow"
        dir="auto"
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          setActive(0)
          onSearch(event.target.value)
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') move(1)
          else if (event.key === 'ArrowUp') move(-1)
          else if (event.key === 'Enter') choose(shown[active])
          else return
          event.preventDefault()
        }}
      />
      <div id={id} role="listbox" aria-label="Workflows" className="max-h-64 overflow-y-auto">
        {shown.map((option, i) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard stays in the field above, which moves through them
          <div
            key={option.id}
            id={`${id}-${i}`}
            role="option"
            tabIndex={-1}
            aria-selected={option.id === (value ?? '')}
            data-active={i === active || undefined}
            onClick={() => choose(option)}
            onPointerMove={() => setActive(i)}
            className="flex min-h-8 cursor-pointer items-center gap-2 rounded-md px-2 text-[0.8125rem] data-active:bg-hover"
          >
            <span dir="auto" className="min-w-0 flex-1 truncate">
              {option.name}
            </span>
            {option.id === (value ?? '') && <Check aria-hidden="true" className="size-4 shrink-0 text-accent-ink" />}
          </div>
        ))}
      </div>
      {shown.length === 0 && <p className="px-2 py-1 text-[0.8125rem] text-ink-muted">No workflow has this name.</p>}
    </div>
  )
}
