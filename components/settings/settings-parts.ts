import { Braces, CircleUser, KeyRound, KeySquare, type LucideIcon, Users } from 'lucide-react'
import type { Permission } from '#lib/permissions.ts'

export interface SettingsPart {
  readonly href: string
  readonly label: string
  readonly icon: LucideIcon
  /** null: for everybody. */
  readonly needs: Permission | null
}

export const SETTINGS_PARTS: readonly SettingsPart[] = [
  { href: '/settings/constants', label: 'Constants', icon: Braces, needs: 'settings:read' },
  { href: '/settings/secrets', label: 'Secrets', icon: KeyRound, needs: 'secrets:read' },
  { href: '/settings/members', label: 'Members', icon: Users, needs: 'member:read' },
  { href: '/settings/api-keys', label: 'API keys', icon: KeySquare, needs: 'api_key:manage' },
  { href: '/settings/account', label: 'Account', icon: CircleUser, needs: null },
]
