import type { ReactNode } from 'react'
import { Logo } from '#components/shell/logo.tsx'

interface AccountPageProps {
  readonly title: string
  readonly description?: ReactNode
  readonly children: ReactNode
  readonly footer?: ReactNode
}

export function AccountPage({ title, description, children, footer }: AccountPageProps) {
  return (
    <main className="mx-auto flex min-h-dvh max-w-sm flex-col px-5 pt-[12vh] pb-10">
      <Logo className="size-9" />
      <h1 className="mt-5 text-xl font-semibold tracking-tight">{title}</h1>
      {description && <div className="mt-1 text-sm text-pretty text-ink-muted">{description}</div>}
      <div className="mt-6">{children}</div>
      {footer && <div className="mt-6 text-sm text-ink-muted">{footer}</div>}
    </main>
  )
}
