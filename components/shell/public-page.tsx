import type { ReactNode } from 'react'
import { Logo } from './logo.tsx'

interface PublicPageProps {
  /** Whose request this is, in a few words. */
  readonly eyebrow: ReactNode
  readonly title: ReactNode
  readonly description?: ReactNode
  readonly children: ReactNode
}

/** The frame of a page for people without an account: what is asked and nothing around it. */
export function PublicPage({ eyebrow, title, description, children }: PublicPageProps) {
  return (
    <div className="mx-auto flex min-h-dvh max-w-2xl flex-col px-5 py-8 sm:py-14">
      <main className="grow">
        <p className="text-sm text-ink-subtle">{eyebrow}</p>
        <h1 className="mt-1 text-2xl font-semibold tracking-tight text-balance">{title}</h1>
        {description && <div className="mt-2 text-base whitespace-pre-wrap text-ink-muted">{description}</div>}
        <div className="mt-8">{children}</div>
      </main>
      <PublicFooter />
    </div>
  )
}

export function PublicFooter() {
  return (
    <footer className="mt-14 flex items-center gap-2 border-t pt-4 text-xs text-ink-subtle">
      <Logo className="size-4 shrink-0" />
      This page belongs to a workflow run with Scaff. Your link is personal: do not pass it on.
    </footer>
  )
}
