import type { ReactNode } from 'react'
import { Logo } from './logo.tsx'

interface PublicPageProps {
  /** Whose request this is, in a few words. */
  readonly eyebrow: ReactNode
  readonly title: ReactNode
  readonly description?: ReactNode
  /** What whoever has never been here wants to know first: why they got it, until when, what happens then. */
  readonly facts?: ReactNode
  readonly children: ReactNode
}

/** The frame of a page for people without an account: what is asked and nothing around it. */
export function PublicPage({ eyebrow, title, description, facts, children }: PublicPageProps) {
  return (
    <div className="mx-auto flex min-h-dvh max-w-2xl flex-col px-5 py-8 sm:py-14">
      <main className="grow">
        <p className="text-sm text-ink-muted">{eyebrow}</p>
        <h1 className="mt-1.5 text-2xl leading-tight font-semibold tracking-tight text-balance">{title}</h1>
        {description && (
          <div className="people-text mt-2.5 text-base whitespace-pre-wrap text-ink-muted">{description}</div>
        )}
        {facts && <ul className="mt-5 grid gap-1.5 border-s-2 ps-3.5 text-sm text-ink-muted print:hidden">{facts}</ul>}
        <div className="mt-8">{children}</div>
      </main>
      <PublicFooter />
    </div>
  )
}

export function PublicFooter() {
  return (
    <footer className="mt-14 flex items-start gap-2 border-t pt-4 text-xs text-ink-subtle print:hidden">
      <Logo className="size-4 shrink-0" />
      <p>
        This page belongs to a workflow run with Scaff, a tool in which people answer and decide what a workflow asks.
        Your link is personal: do not pass it on.
      </p>
    </footer>
  )
}
