import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

interface EmptyStateProps {
  readonly icon: LucideIcon
  readonly title: string
  readonly children?: ReactNode
  /** The one thing to do next. */
  readonly action?: ReactNode
}

export function EmptyState({ icon: Icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center px-4 py-14 text-center">
      <span className="mb-3 grid size-10 place-items-center rounded-lg border bg-sunken text-ink-subtle">
        <Icon aria-hidden="true" className="size-5" />
      </span>
      <h2 className="text-sm font-semibold">{title}</h2>
      {children && <div className="mt-1 max-w-md text-sm text-pretty text-ink-muted">{children}</div>}
      {action && <div className="mt-4">{action}</div>}
    </div>
  )
}
