import { Inbox, ListTree, type LucideIcon, Mail, PlayCircle, Settings } from 'lucide-react'
import { type Permission, ROLE_PERMISSIONS, type Role } from '#lib/permissions.ts'

export interface NavItem {
  readonly href: string
  readonly label: string
  readonly icon: LucideIcon
  /** Shown to those who may do this. */
  readonly needs: Permission
}

export const NAV_ITEMS: readonly NavItem[] = [
  { href: '/workflows', label: 'Workflows', icon: ListTree, needs: 'workflow:read' },
  { href: '/runs', label: 'Runs', icon: PlayCircle, needs: 'run:read' },
  { href: '/inbox', label: 'Inbox', icon: Inbox, needs: 'approvals:read' },
  { href: '/outbox', label: 'Outbox', icon: Mail, needs: 'outbox:read' },
  { href: '/settings', label: 'Settings', icon: Settings, needs: 'settings:read' },
]

export function navFor(role: Role): readonly NavItem[] {
  return NAV_ITEMS.filter((item) => ROLE_PERMISSIONS[role].has(item.needs))
}

export function isCurrent(item: NavItem, path: string): boolean {
  return path === item.href || path.startsWith(`${item.href}/`)
}
