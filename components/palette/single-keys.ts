'use client'
import { useSyncExternalStore } from 'react'

/** Kept in the browser: who dictates or presses keys by accident can do without shortcuts of a single letter. */
const STORE = 'scaff:single-keys'
const listeners = new Set<() => void>()

/** Whether shortcuts of a single letter are on. They can be switched off in the keyboard help. */
export function singleKeysOn(): boolean {
  try {
    return localStorage.getItem(STORE) !== 'off'
  } catch {
    return true
  }
}

export function setSingleKeys(on: boolean): void {
  try {
    if (on) localStorage.removeItem(STORE)
    else localStorage.setItem(STORE, 'off')
  } catch {
    // A browser that keeps nothing keeps them on.
  }
  for (const listener of listeners) listener()
}

export function useSingleKeys(): boolean {
  return useSyncExternalStore(subscribe, singleKeysOn, () => true)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  window.addEventListener('storage', listener)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('storage', listener)
  }
}
