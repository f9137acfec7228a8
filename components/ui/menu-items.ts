import type { LucideIcon } from 'lucide-react'

/** One line of a menu. */
export interface MenuItem {
  readonly label: string
  readonly icon?: LucideIcon
  /** A second, quieter line. */
  readonly hint?: string
  /** The keys that do the same, shown at the end. */
  readonly keys?: readonly string[]
  /** Where it leads, or what it does: one of both. */
  readonly href?: string
  readonly onSelect?: () => void
  readonly disabled?: boolean
  /** `bad` for what destroys something. */
  readonly tone?: 'bad'
  /** One of several that exclude each other: `true` for the one that holds. */
  readonly checked?: boolean
}

/** `null` draws a line between groups. */
export type MenuEntry = MenuItem | null | false
