import Link from 'next/link'
import { AccountPage } from './account-page.tsx'

/** A one-time link that does not (or no longer) work, and what to do instead. */
export function LinkProblem({ sentence, cure }: { readonly sentence: string; readonly cure: string }) {
  return (
    <AccountPage
      title="This link does not work"
      description={sentence}
      footer={
        <Link href="/login" className="underline underline-offset-2">
          Go to sign-in
        </Link>
      }
    >
      <p className="text-sm text-ink-muted">{cure}</p>
    </AccountPage>
  )
}
