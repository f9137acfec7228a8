import type { Metadata } from 'next'
import { AccountSettingsView } from '#components/settings/account-settings-view.tsx'
import { changePasswordAction } from '#server/auth/actions.ts'
import { signedInContext } from '#server/auth/page-session.ts'

export const metadata: Metadata = { title: 'Account' }

export default async function AccountSettingsPage() {
  const { actor } = await signedInContext('/settings/account')
  const { name, email, role } = actor
  return <AccountSettingsView user={{ name, email, role }} changePassword={changePasswordAction} />
}
