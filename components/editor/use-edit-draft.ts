'use client'
import { useEffect, useState } from 'react'

/** A text under way, and the version that it was begun from. */
export interface EditDraft {
  readonly version: number
  readonly text: string
}

/**
 * The text of a workflow that is being edited; it survives a reload in this tab until it is saved. One that was begun from
 * an older version is taken up as it is: saving it says then that somebody else saved meanwhile.
 */
export function useEditDraft(id: string, saved: EditDraft) {
  const [draft, setDraft] = useState(saved)
  const [shelved, setShelved] = useState<string | null>(null)
  useEffect(() => {
    const kept = read(place(id))
    if (kept) setDraft(kept)
    setShelved(sessionStorage.getItem(shelf(id)))
  }, [id])
  const keep = (next: EditDraft) => {
    setDraft(next)
    sessionStorage.setItem(place(id), JSON.stringify(next))
  }
  return {
    draft,
    change: (text: string) => keep({ ...draft, text }),
    rebase: keep,
    /** What is on show is what the server has. */
    settle: (next: EditDraft) => {
      setDraft(next)
      sessionStorage.removeItem(place(id))
    },
    /** A text put aside, to be brought back. */
    shelved,
    shelve: (text: string | null) => {
      setShelved(text)
      if (text === null) sessionStorage.removeItem(shelf(id))
      else sessionStorage.setItem(shelf(id), text)
    },
  }
}

function place(id: string): string {
  return `scaff:edit:${id}`
}

function shelf(id: string): string {
  return `scaff:shelved:${id}`
}

function read(key: string): EditDraft | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(key) ?? 'null')
    const sound =
      typeof kept === 'object' &&
      kept !== null &&
      'version' in kept &&
      'text' in kept &&
      typeof kept.version === 'number' &&
      typeof kept.text === 'string'
    return sound ? (kept as EditDraft) : null
  } catch {
    return null
  }
}
