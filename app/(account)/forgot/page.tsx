import type { Metadata } from 'next'
import Link from 'next/link'
import { AccountFormView } from '#components/accounts/account-form-view.tsx'
import { AccountPage } from '#components/accounts/account-page.tsx'
import { requestResetAction } from '#server/auth/actions.ts'

export const metadata: Metadata = { title: 'Reset the password' }

export default function ForgotPage() {
  return (
    <AccountPage
      title="Reset the password"
      description="We mail you a link with which you choose a new one."
      footer={
        <Link href="/login" className="underline underline-offset-2">
          Back to sign-in
        </Link>
      }
    >
      <AccountFormView
        submit="Mail me the link"
        action={requestResetAction}
        fields={[{ name: 'email', label: 'E-mail address', type: 'email', autoComplete: 'username' }]}
        done="If there is an account with this address, a mail is on its way. Where no mail goes out, an admin finds it in the Outbox."
      />
    </AccountPage>
  )
}
