'use client'
import { useQuery } from '@tanstack/react-query'
import { startTransition, useEffect, useEffectEvent, useState } from 'react'
import { useTRPC } from '#components/trpc.tsx'
import { useDebounced } from '#components/ui/use-debounced.ts'
import { keepSame } from './keep-same.ts'
import type { LanguageAnswer, LanguageClient } from './language.ts'
import { holdLanguage } from './language-client.ts'

export type { LanguageAnswer } from './language.ts'

/** How long the author pauses before the text is looked at. */
const PAUSE_MS = 80
const ATTEMPTS = 3

/**
 * What the language says of a text, asked of a worker of this page whenever the author pauses: no key stroke goes to the
 * server. `answer` is that of the text as it was looked at last, so it may lag behind while `checking`.
 */
export function useLanguage(text: string): {
  readonly answer: LanguageAnswer | undefined
  readonly checking: boolean
} {
  const trpc = useTRPC()
  const { data: known } = useQuery(trpc.workflows.known.queryOptions(undefined, { staleTime: 60_000 }))
  const [client, setClient] = useState<LanguageClient | null>(null)
  const [checked, setChecked] = useState<{ readonly text: string; readonly answer: LanguageAnswer } | null>(null)
  const rested = useDebounced(text, PAUSE_MS)

  useEffect(() => {
    const held = holdLanguage()
    setClient(held.client)
    return () => held.release()
  }, [])

  const check = useEffectEvent(async (of: string, isNewest: () => boolean) => {
    // A worker that broke or was too slow is replaced; the text is shown to the next one before it is given up.
    for (let attempt = 1; attempt <= ATTEMPTS && isNewest(); attempt++) {
      try {
        const answer = await client?.ask('check', { text: of })
        if (answer && isNewest()) {
          // What is drawn from it can wait; the next key cannot.
          startTransition(() => setChecked((last) => ({ text: of, answer: keepSame(last?.answer, answer) })))
        }
        return
      } catch {
        // The next pause asks anew, and saving checks on the server.
      }
    }
  })
  useEffect(() => {
    if (client === null) return
    let newest = true
    if (known !== undefined) client.setKnown(known)
    if (rested.trim() === '') setChecked(null)
    else void check(rested, () => newest)
    return () => {
      newest = false
    }
  }, [client, known, rested])

  return { answer: checked?.answer, checking: text.trim() !== '' && checked?.text !== text }
}
