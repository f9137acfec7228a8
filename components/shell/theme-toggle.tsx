'use client'
import { clsx } from 'clsx'
import { Monitor, Moon, Sun } from 'lucide-react'
import { useTheme } from 'next-themes'
import { useSyncExternalStore } from 'react'

const CHOICES = [
  { value: 'light', label: 'Light', icon: Sun },
  { value: 'dark', label: 'Dark', icon: Moon },
  { value: 'system', label: 'As the system', icon: Monitor },
] as const

const never = () => () => {}

export function ThemeToggle() {
  const { theme, setTheme } = useTheme()
  // Only the browser knows the choice; until then none is marked, so that server and browser agree.
  const known = useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
  return (
    <fieldset className="flex w-fit rounded-md border p-0.5">
      <legend className="sr-only">Theme</legend>
      {CHOICES.map(({ value, label, icon: Icon }) => {
        const current = known && theme === value
        return (
          <button
            key={value}
            type="button"
            aria-label={label}
            aria-pressed={current}
            title={label}
            onClick={() => setTheme(value)}
            className={clsx(
              'grid size-6 place-items-center rounded text-ink-subtle hover:text-ink',
              current && 'bg-hover text-ink',
            )}
          >
            <Icon aria-hidden="true" className="size-3.5" />
          </button>
        )
      })}
    </fieldset>
  )
}
