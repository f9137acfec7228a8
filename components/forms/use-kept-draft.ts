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
    sent.current = false
    let touched = Boolean(typed)
    let stop: (() => void) | null = null
    const onInput = () => {
      touched = true
    }
    element.addEventListener('input', onInput, { once: true })
    // Its code comes once the form can be filled in; what was typed until then is newer than any draft.
    import('./kept-draft.ts').then(
      ({ keepDraft }) => {
        if (element.isConnected) stop = keepDraft(element, storageKey(draft), touched)
      },
      // Without it the form can be filled in all the same.
      () => undefined,
    )
    return () => {
      element.removeEventListener('input', onInput)
      stop?.()
    }
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
