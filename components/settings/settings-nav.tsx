'use client'
import { usePathname } from 'next/navigation'
import { NavTabs } from '#components/ui/nav-tabs.tsx'
import { type Permission, ROLE_PERMISSIONS, type Role } from '#lib/permissions.ts'

interface SettingsPart {
  readonly href: string
  readonly label: string
  readonly needs: Permission
}

const SETTINGS_PARTS: readonly SettingsPart[] = [
  { href: '/settings/constants', label: 'Constants', needs: 'settings:read' },
  { href: '/settings/secrets', label: 'Secrets', needs: 'secrets:read' },
  { href: '/settings/members', label: 'Members', needs: 'member:read' },
  { href: '/settings/api-keys', label: 'API keys', needs: 'api_key:manage' },
]

export function SettingsNav({ role }: { readonly role: Role }) {
  const path = usePathname()
  const parts = SETTINGS_PARTS.filter((part) => ROLE_PERMISSIONS[role].has(part.needs))
  return (
    <NavTabs
      label="Settings"
      tabs={parts.map(({ href, label }) => ({ href, label, current: path.startsWith(href) }))}
    />
  )
}
