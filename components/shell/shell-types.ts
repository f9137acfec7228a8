import type { Role } from '#lib/permissions.ts'

export interface ShellUser {
  readonly name: string | null
  readonly email: string
  readonly role: Role
}

export const THEMES = ['light', 'dark', 'system'] as const
export type Theme = (typeof THEMES)[number]
