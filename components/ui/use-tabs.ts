import { type KeyboardEvent, useId } from 'react'

interface TabsOptions<T extends string> {
  /** What the list chooses between, for screen readers. */
  readonly label: string
  readonly value: T
  readonly onValue: (value: T) => void
}

/**
 * Tabs over panels that may stand anywhere in the page, as the pattern of WAI-ARIA has them: one stop of the keyboard,
 * arrows, Home and End choose. Spread the answers on the list, on its buttons and on the panels.
 */
export function useTabs<T extends string>({ label, value, onValue }: TabsOptions<T>) {
  const id = useId()
  const tabId = (of: T) => `${id}-${of}`
  const panelId = (of: T) => `${id}-${of}-panel`
  return {
    list: { role: 'tablist', 'aria-label': label, onKeyDown: moveBetweenTabs },
    tab: (of: T) => ({
      role: 'tab',
      type: 'button' as const,
      id: tabId(of),
      'aria-controls': panelId(of),
      'aria-selected': value === of,
      tabIndex: value === of ? 0 : -1,
      onClick: () => onValue(of),
    }),
    panel: (of: T) => ({ role: 'tabpanel', id: panelId(of), 'aria-labelledby': tabId(of) }),
  }
}

/** Which of `count` a key leads to; undefined where it leads nowhere. */
export function nextTab(key: string, at: number, count: number): number | undefined {
  if (key === 'ArrowRight') return (at + 1) % count
  if (key === 'ArrowLeft') return (at - 1 + count) % count
  if (key === 'Home') return 0
  if (key === 'End') return count - 1
  return undefined
}

function moveBetweenTabs(event: KeyboardEvent<HTMLElement>): void {
  if (event.metaKey || event.ctrlKey || event.altKey) return
  // What a narrow or wide window leaves out cannot be chosen.
  const seen = [...event.currentTarget.querySelectorAll<HTMLElement>('[role=tab]')].filter((tab) => tab.offsetParent)
  const at = seen.indexOf(event.target as HTMLElement)
  const next = at < 0 ? undefined : seen[nextTab(event.key, at, seen.length) ?? -1]
  if (!next) return
  event.preventDefault()
  next.focus()
  next.click()
}
