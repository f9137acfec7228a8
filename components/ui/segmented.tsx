'use client'
import { clsx } from 'clsx'
import type { LucideIcon } from 'lucide-react'
import { useId } from 'react'

interface SegmentedProps<Value extends string> {
  /** What is chosen, for those who do not see it in context. */
  readonly label: string
  readonly value: Value | null
  readonly options: readonly {
    readonly value: Value
    readonly label: string
    readonly icon?: LucideIcon
    readonly count?: number
  }[]
  readonly onChange: (value: Value) => void
  /** Only the icons are shown; the labels stay for screen readers and on hover. */
  readonly iconsOnly?: boolean
  readonly className?: string
}

/** One of a few, all in sight. Radio buttons underneath: one stop for Tab, arrows choose. */
export function Segmented<Value extends string>(props: SegmentedProps<Value>) {
  const { label, value, options, onChange, iconsOnly = false, className } = props
  const name = useId()
  return (
    <fieldset className={clsx('flex w-fit max-w-full gap-0.5 overflow-x-auto rounded-md bg-hover p-0.5', className)}>
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          title={iconsOnly ? option.label : undefined}
          className={clsx(
            'relative flex h-7 cursor-pointer items-center justify-center gap-1.5 rounded-sm text-[0.8125rem] whitespace-nowrap text-ink-muted transition-colors hover:text-ink',
            'has-checked:bg-surface has-checked:font-medium has-checked:text-ink has-checked:shadow-raised',
            'has-focus-visible:outline-2 has-focus-visible:-outline-offset-1 has-focus-visible:outline-accent-ink',
            iconsOnly ? 'w-8' : 'px-2.5',
          )}
        >
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={value === option.value}
            onChange={() => onChange(option.value)}
            className="absolute inset-0 cursor-pointer appearance-none outline-none"
          />
          {option.icon && <option.icon aria-hidden="true" className="size-4 shrink-0" />}
          <span className={clsx(iconsOnly && 'sr-only')}>{option.label}</span>
          {option.count !== undefined && <span className="tabular text-xs text-ink-subtle">{option.count}</span>}
        </label>
      ))}
    </fieldset>
  )
}
