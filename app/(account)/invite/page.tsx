import type { Metadata } from 'next'
import { AccountFormView } from '#components/accounts/account-form-view.tsx'
import { AccountPage } from '#components/accounts/account-page.tsx'
import { LinkProblem } from '#components/accounts/link-problem.tsx'
import { acceptInviteAction } from '#server/auth/actions.ts'
import { readLink } from '../read-link.ts'

export const metadata: Metadata = { title: 'Join' }

interface InvitePageProps {
  readonly searchParams: Promise<{ token?: string }>
}

export default async function InvitePage({ searchParams }: InvitePageProps) {
  const { token = '' } = await searchParams
  const link = await readLink('invite', token)
  if (!link.ok) return <LinkProblem sentence={link.sentence} cure="Ask whoever invited you for a new link." />
  return (
    <AccountPage title="Join this Scaff" description={`You are invited as ${link.facts.role}.`}>
      <AccountFormView
        submit="Create my account"
        action={acceptInviteAction}
        hidden={{ token }}
        fields={[
          {
            name: 'email',
            label: 'E-mail address',
            type: 'email',
            autoComplete: 'username',
            fixed: link.facts.email ?? '',
          },
          { name: 'name', label: 'Your name', type: 'text', autoComplete: 'name', optional: true },
          {
            name: 'password',
            label: 'Password',
            type: 'password',
            autoComplete: 'new-password',
            help: 'At least 8 characters',
          },
        ]}
      />
    </AccountPage>
  )
}
