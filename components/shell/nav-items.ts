import { House, Inbox, ListTree, type LucideIcon, Mail, PlayCircle, Settings } from 'lucide-react'
import { type Permission, ROLE_PERMISSIONS, type Role } from '#lib/permissions.ts'

export interface NavItem {
  readonly href: string
  readonly label: string
  readonly icon: LucideIcon
  /** The letter that leads there after `g`. */
  readonly key: string
  /** Shown to those who may do this. */
  readonly needs: Permission
}

export const NAV_ITEMS: readonly NavItem[] = [
  { href: '/', label: 'Home', icon: House, key: 'h', needs: 'run:read' },
  { href: '/workflows', label: 'Workflows', icon: ListTree, key: 'w', needs: 'workflow:read' },
  { href: '/runs', label: 'Runs', icon: PlayCircle, key: 'r', needs: 'run:read' },
  { href: '/inbox', label: 'Inbox', icon: Inbox, key: 'i', needs: 'approvals:read' },
  { href: '/outbox', label: 'Outbox', icon: Mail, key: 'o', needs: 'outbox:read' },
  { href: '/settings', label: 'Settings', icon: Settings, key: 's', needs: 'settings:read' },
]

export function navFor(role: Role): readonly NavItem[] {
  return NAV_ITEMS.filter((item) => ROLE_PERMISSIONS[role].has(item.needs))
}

export function isCurrent({ href }: NavItem, path: string): boolean {
  return path === href || (href !== '/' && path.startsWith(`${href}/`))
}
