'use client'
import { useEffect, useEffectEvent } from 'react'
import { takesKeys } from '#components/palette/chords.ts'
import { singleKeysOn } from '#components/palette/single-keys.ts'

/** By `KeyboardEvent.key`. */
export type Hotkeys = Readonly<Record<string, (() => void) | undefined>>

/**
 * Keys without a modifier, while this is on the page. Not while somebody types or a dialog is open, and not for those who
 * switched single letters off in the keyboard help; keys that are no letter, e.g. `Enter`, are left to what has the focus,
 * except `Escape`, which no button or link needs.
 */
export function useHotkeys(keys: Hotkeys): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey || event.isComposing) return
    const action = Object.hasOwn(keys, event.key) ? keys[event.key] : undefined
    if (!action || takesKeys(event.target)) return
    if (event.key.length === 1 ? !singleKeysOn() : event.key !== 'Escape' && isOperable(event.target)) return
    event.preventDefault()
    action()
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => press(event)
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])
}

/** Enter on a button or link is that button's. */
function isOperable(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('a, button, summary, [role="button"], label, input') !== null
}
