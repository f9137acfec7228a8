import type { ReactNode } from 'react'
import { SettingsNav } from '#components/settings/settings-nav.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { signedInContext } from '#server/auth/page-session.ts'

export default async function SettingsLayout({ children }: { children: ReactNode }) {
  const { actor } = await signedInContext('/settings')
  return (
    <div className="grid gap-4">
      <PageHeader title="Settings" />
      <SettingsNav role={actor.role} />
      {children}
    </div>
  )
}
