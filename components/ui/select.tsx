import { clsx } from 'clsx'
import type { ComponentProps } from 'react'
import { control } from './control.ts'
import { ChevronDownIcon } from './plain-icons.tsx'

/** The platform's own select: it works without scripts, with every screen reader and on every phone. */
export function Select({ className, children, ...rest }: ComponentProps<'select'>) {
  return (
    <span className="relative block min-w-0">
      <select className={clsx(control, 'h-8 appearance-none truncate bg-surface pr-8', className)} {...rest}>
        {children}
      </select>
      <ChevronDownIcon className="pointer-events-none absolute top-1/2 right-2.5 size-4 -translate-y-1/2 text-ink-subtle" />
    </span>
  )
}
