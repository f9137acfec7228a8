'use client'
import { usePathname } from 'next/navigation'
import { NavTabs } from '#components/ui/nav-tabs.tsx'
import { ROLE_PERMISSIONS, type Role } from '#lib/permissions.ts'
import { SETTINGS_PARTS } from './settings-parts.ts'

export function SettingsNav({ role }: { readonly role: Role }) {
  const path = usePathname()
  const parts = SETTINGS_PARTS.filter(({ needs }) => needs === null || ROLE_PERMISSIONS[role].has(needs))
  return (
    <NavTabs
      label="Settings"
      tabs={parts.map(({ href, label }) => ({ href, label, current: path.startsWith(href) }))}
    />
  )
}
