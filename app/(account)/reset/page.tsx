import type { Metadata } from 'next'
import { AccountFormView } from '#components/accounts/account-form-view.tsx'
import { AccountPage } from '#components/accounts/account-page.tsx'
import { LinkProblem } from '#components/accounts/link-problem.tsx'
import { resetPasswordAction } from '#server/auth/actions.ts'
import { readLink } from '../read-link.ts'

export const metadata: Metadata = { title: 'New password' }

interface ResetPageProps {
  readonly searchParams: Promise<{ token?: string }>
}

export default async function ResetPage({ searchParams }: ResetPageProps) {
  const { token = '' } = await searchParams
  const link = await readLink('reset', token)
  if (!link.ok) {
    return (
      <LinkProblem sentence={link.sentence} cure="On the sign-in page, “Forgot the password?” mails you a new one." />
    )
  }
  return (
    <AccountPage title="Choose a new password" description="Every browser that is signed in has to sign in again.">
      <AccountFormView
        submit="Save the password"
        action={resetPasswordAction}
        hidden={{ token }}
        fields={[
          {
            name: 'email',
            label: 'E-mail address',
            type: 'email',
            autoComplete: 'username',
            fixed: link.facts.email ?? '',
          },
          {
            name: 'password',
            label: 'New password',
            type: 'password',
            autoComplete: 'new-password',
            help: 'At least 8 characters',
          },
        ]}
      />
    </AccountPage>
  )
}
