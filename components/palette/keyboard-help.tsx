'use client'
import { navFor } from '#components/shell/nav-items.ts'
import type { Role } from '#lib/permissions.ts'
import { KeyboardHelpView, type ShortcutGroup } from './keyboard-help-view.tsx'
import { usePaletteKeys } from './platform.ts'
import { setSingleKeys, useSingleKeys } from './single-keys.ts'

interface KeyboardHelpProps {
  readonly role: Role
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
}

export function KeyboardHelp({ role, open, onOpenChange }: KeyboardHelpProps) {
  const palette = usePaletteKeys()
  const groups: readonly ShortcutGroup[] = [
    {
      label: 'Anywhere',
      shortcuts: [
        { label: 'Search, and everything you can do', keys: palette },
        { label: 'This help', keys: ['?'] },
        { label: 'Close what is open', keys: ['Esc'] },
      ],
    },
    {
      label: 'Go to',
      shortcuts: navFor(role).map(({ label, key }) => ({ label, keys: ['g', key] })),
    },
    {
      label: 'In the inbox',
      shortcuts: [
        { label: 'Next and previous request', keys: ['j', 'k'] },
        { label: 'Approve', keys: ['a'] },
        { label: 'Reject', keys: ['r'] },
        { label: 'Ask for changes', keys: ['e'] },
        { label: 'Select, to decide several at once', keys: ['x'] },
        { label: 'Open, where list and request do not fit side by side', keys: ['o'] },
        { label: 'Confirm the decision', keys: ['Ctrl', '⏎'] },
      ],
    },
  ]
  return (
    <KeyboardHelpView
      open={open}
      onOpenChange={onOpenChange}
      groups={groups}
      singleKeys={useSingleKeys()}
      onSingleKeys={setSingleKeys}
    />
  )
}
