'use client'
import { BookOpen, Clock, Keyboard, LogOut, Monitor, Moon, Plus, Sun } from 'lucide-react'
import { SETTINGS_PARTS } from '#components/settings/settings-parts.ts'
import { navFor } from '#components/shell/nav-items.ts'
import { ROLE_PERMISSIONS, type Role } from '#lib/permissions.ts'
import type { PaletteGroup } from './palette-view.tsx'
import type { RecentPage } from './recent-pages.ts'

export interface Commands {
  readonly role: Role
  readonly go: (href: string) => () => void
  readonly onTheme: (theme: 'light' | 'dark' | 'system') => void
  readonly onHelp: () => void
  readonly onSignOut: () => void
}

interface CommandContext extends Commands {
  /** Closes the palette, then does it. */
  readonly after: (run: () => void) => () => void
  readonly recent: readonly RecentPage[]
}

/** What can be done from anywhere, by those who may. */
export function commandGroups(context: CommandContext): PaletteGroup[] {
  const { role, go, after, recent, onTheme, onHelp, onSignOut } = context
  const may = ROLE_PERMISSIONS[role]
  return [
    {
      label: 'Recent',
      items: recent.map(({ href, title }) => ({
        id: href,
        label: title,
        icon: <Clock aria-hidden="true" />,
        hint: KINDS[href.split('/')[1] ?? ''],
        run: go(href),
      })),
    },
    {
      label: 'Go to',
      items: [
        ...navFor(role).map(({ href, label, icon: Icon, key }) => ({
          id: href,
          label,
          icon: <Icon aria-hidden="true" />,
          keys: ['g', key],
          keywords: 'go to open page',
          run: go(href),
        })),
        ...SETTINGS_PARTS.filter(({ needs }) => needs === null || may.has(needs)).map(
          ({ href, label, icon: Icon }) => ({
            id: href,
            label: `Settings: ${label}`,
            icon: <Icon aria-hidden="true" />,
            keywords: 'go to settings',
            run: go(href),
          }),
        ),
      ],
    },
    {
      label: 'Do',
      items: [
        ...(may.has('workflow:create')
          ? [
              {
                id: 'new-workflow',
                label: 'New workflow',
                icon: <Plus aria-hidden="true" />,
                keywords: 'create add write blueprint',
                run: go('/workflows/new'),
              },
            ]
          : []),
        {
          id: 'light',
          label: 'Light theme',
          icon: <Sun aria-hidden="true" />,
          keywords: 'appearance',
          run: after(() => onTheme('light')),
        },
        {
          id: 'dark',
          label: 'Dark theme',
          icon: <Moon aria-hidden="true" />,
          keywords: 'appearance',
          run: after(() => onTheme('dark')),
        },
        {
          id: 'system',
          label: 'Theme as the system has it',
          icon: <Monitor aria-hidden="true" />,
          keywords: 'appearance automatic',
          run: after(() => onTheme('system')),
        },
        {
          id: 'help',
          label: 'Keyboard shortcuts',
          icon: <Keyboard aria-hidden="true" />,
          keys: ['?'],
          keywords: 'help keys',
          run: after(onHelp),
        },
        {
          id: 'api',
          label: 'API documentation',
          icon: <BookOpen aria-hidden="true" />,
          keywords: 'rest openapi docs help',
          run: after(() => window.location.assign('/docs')),
        },
        {
          id: 'sign-out',
          label: 'Sign out',
          icon: <LogOut aria-hidden="true" />,
          keywords: 'log out leave',
          run: after(onSignOut),
        },
      ],
    },
  ]
}

const KINDS: Readonly<Record<string, string>> = {
  workflows: 'Workflow',
  runs: 'Run',
  inbox: 'Approval',
  forms: 'Form',
}
