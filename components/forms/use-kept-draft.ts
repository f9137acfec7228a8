'use client'
import { type RefObject, useCallback, useEffect, useRef } from 'react'

/**
 * Keeps what was typed for this tab, so that a reload or a step back loses nothing. `typed` is true when the server has
 * just given the answers back: those are newer than any draft. Answers a function to call when they are sent: a form
 * that goes away after that has arrived, and its draft is forgotten.
 */
export function useKeptDraft(form: RefObject<HTMLFormElement | null>, draft: string, typed: unknown): () => void {
  const sent = useRef(false)
  useEffect(() => {
    const element = form.current
    if (!element) return
    const key = storageKey(draft)
    sent.current = false
    if (!typed) restore(element, sessionStorage.getItem(key))
    const keep = () => {
      const entries = [...new FormData(element)].filter(
        ([name, value]) => !name.startsWith('$') && typeof value === 'string',
      )
      sessionStorage.setItem(key, JSON.stringify(entries))
    }
    element.addEventListener('input', keep)
    return () => element.removeEventListener('input', keep)
  }, [form, draft, typed])
  useEffect(
    () => () => {
      if (sent.current) sessionStorage.removeItem(storageKey(draft))
    },
    [draft],
  )
  return useCallback(() => {
    sent.current = true
  }, [])
}

function storageKey(draft: string): string {
  return `scaff:form:${draft}`
}

function restore(form: HTMLFormElement, kept: string | null): void {
  if (kept === null) return
  let entries: unknown
  try {
    entries = JSON.parse(kept)
  } catch {
    // Not ours, or cut off when the storage was full: there is nothing to restore.
    return
  }
  if (!Array.isArray(entries)) return
  const texts = new Map<string, string[]>()
  for (const [name, value] of entries) texts.set(String(name), [...(texts.get(String(name)) ?? []), String(value)])
  for (const control of form.elements) {
    if (control instanceof HTMLInputElement && (control.type === 'checkbox' || control.type === 'radio')) {
      control.checked = texts.get(control.name)?.includes(control.value) ?? false
    } else if (
      (control instanceof HTMLInputElement && control.type !== 'hidden') ||
      control instanceof HTMLTextAreaElement ||
      control instanceof HTMLSelectElement
    ) {
      const text = texts.get(control.name)?.[0]
      if (text !== undefined) control.value = text
    }
  }
}
