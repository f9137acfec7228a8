import type { ComponentType, ReactNode } from 'react'

interface MessagePageProps {
  readonly icon: ComponentType<{ readonly className: string }>
  readonly title: string
  readonly children?: ReactNode
  readonly action?: ReactNode
  /** `div` where a frame around it is the main part already. */
  readonly as?: 'main' | 'div'
}

/** A whole page that says one thing and what to do next: not found, closed, expired, done. */
export function MessagePage({ icon: Icon, title, children, action, as: Root = 'main' }: MessagePageProps) {
  return (
    <Root className="mx-auto flex min-h-[70vh] max-w-md flex-col justify-center px-5 py-16">
      <span className="mb-4 grid size-10 place-items-center rounded-lg border bg-sunken text-ink-muted">
        <Icon className="size-5" />
      </span>
      <h1 className="text-xl font-semibold tracking-tight text-balance">{title}</h1>
      {children && <div className="mt-2 space-y-2 text-base text-pretty text-ink-muted">{children}</div>}
      {action && <div className="mt-6 flex flex-wrap gap-2">{action}</div>}
    </Root>
  )
}
