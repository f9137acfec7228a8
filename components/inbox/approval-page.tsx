'use client'
import { ChevronLeft } from 'lucide-react'
import Link from 'next/link'
import { ApprovalDetail } from './approval-detail.tsx'

/** One request as a page of its own, where mails and other pages lead. */
export function ApprovalPage({ id }: { readonly id: string }) {
  return (
    <div className="mx-auto max-w-3xl">
      <nav aria-label="Breadcrumb" className="mb-2 text-[0.8125rem] text-ink-subtle">
        <Link href="/inbox" className="inline-flex min-h-6 items-center gap-1 hover:text-ink hover:underline">
          <ChevronLeft aria-hidden="true" className="size-3.5 rtl:-scale-x-100" />
          Inbox
        </Link>
      </nav>
      <div className="rounded-lg border bg-surface">
        <ApprovalDetail id={id} />
      </div>
    </div>
  )
}
