'use client'
import { useEffect, useState } from 'react'

/**
 * A text that survives a reload in this tab until it is saved. `initial` is what the server has; a draft that was begun
 * from it is taken up again.
 */
export function useTextDraft(key: string, initial: string): [string, (text: string) => void, () => void] {
  const [text, setText] = useState(initial)
  const place = `scaff:text:${key}`
  useEffect(() => {
    const kept = sessionStorage.getItem(place)
    if (kept !== null) setText(kept)
  }, [place])
  const change = (next: string) => {
    setText(next)
    sessionStorage.setItem(place, next)
  }
  return [text, change, () => sessionStorage.removeItem(place)]
}
