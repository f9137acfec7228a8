import type { Metadata } from 'next'
import { LinkApprovalPage } from '#components/inbox/link-approval-page.tsx'
import { LinkStatePage } from '#components/inbox/link-state-page.tsx'
import { pageContext } from '#server/auth/page-session.ts'
import { openApprovalLink } from '#server/services/approvals/open-link.ts'
import { decideLinkAction } from './actions.ts'

export const metadata: Metadata = { title: 'Approval' }

interface ApprovalPageProps {
  readonly params: Promise<{ token: string }>
  readonly searchParams: Promise<{ choice?: string }>
}

/** What a mailed approval link opens. Reading it, in whatever way, decides nothing. */
export default async function ApprovalPage({ params, searchParams }: ApprovalPageProps) {
  const { token } = await params
  const { choice } = await searchParams
  const link = await openApprovalLink({ ctx: await pageContext(), input: { token } })
  if (link.state !== 'open') return <LinkStatePage link={link} />
  const preselected = link.choices.find((kind) => kind === choice) ?? null
  return <LinkApprovalPage link={link} preselected={preselected} action={decideLinkAction.bind(null, token)} />
}
