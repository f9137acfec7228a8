import { clsx } from 'clsx'
import { type LucideIcon, Search } from 'lucide-react'
import { Input } from './input.tsx'

interface SearchFieldProps {
  /** Says what is searched, for screen readers. */
  readonly label: string
  readonly placeholder: string
  readonly value: string
  readonly onChange: (text: string) => void
  readonly icon?: LucideIcon
  readonly className?: string
}

/** A field that narrows a list down while somebody types. */
export function SearchField({ label, placeholder, value, onChange, icon: Icon = Search, className }: SearchFieldProps) {
  return (
    <div className={clsx('relative', className)}>
      <Icon
        aria-hidden="true"
        className="pointer-events-none absolute start-2.5 top-1/2 size-4 -translate-y-1/2 text-ink-subtle"
      />
      <Input
        type="search"
        aria-label={label}
        placeholder={placeholder}
        className="ps-8"
        dir="auto"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  )
}
