import type { Metadata } from 'next'
import { AccountFormView } from '#components/accounts/account-form-view.tsx'
import { AccountPage } from '#components/accounts/account-page.tsx'
import { LinkProblem } from '#components/accounts/link-problem.tsx'
import { setUpAction } from '#server/auth/actions.ts'
import { readLink } from '../read-link.ts'

export const metadata: Metadata = { title: 'Set up' }

interface SetupPageProps {
  readonly searchParams: Promise<{ token?: string }>
}

export default async function SetupPage({ searchParams }: SetupPageProps) {
  const { token = '' } = await searchParams
  const link = await readLink('setup', token)
  if (!link.ok) {
    return (
      <LinkProblem
        sentence={link.sentence}
        cure="Starting Scaff prints a fresh set-up link in its terminal as long as there is no account."
      />
    )
  }
  return (
    <AccountPage
      title="Welcome to Scaff"
      description="Make the first account. It owns this workspace and can invite everybody else."
    >
      <AccountFormView
        submit="Create the workspace"
        action={setUpAction}
        hidden={{ token }}
        fields={[
          { name: 'name', label: 'Your name', type: 'text', autoComplete: 'name', optional: true },
          { name: 'email', label: 'E-mail address', type: 'email', autoComplete: 'username' },
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
