import { redirect } from 'next/navigation'
import { SETTINGS_PARTS } from '#components/settings/settings-parts.ts'
import { signedInContext } from '#server/auth/page-session.ts'
import { may } from '#server/services/authorise.ts'

export default async function SettingsPage() {
  const { actor } = await signedInContext('/settings')
  const first = SETTINGS_PARTS.find(({ needs }) => needs === null || may(actor, needs))
  redirect(first?.href ?? '/settings/account')
}
