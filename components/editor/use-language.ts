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
const PAUSE_MS = 40

export interface Language {
  readonly answer: LanguageAnswer | undefined
  readonly checking: boolean
  /** Nothing answers: the text can be written and saved, and nobody looks at it here. */
  readonly silent: boolean
  /** Tries it with a new worker. */
  readonly reload: () => void
}

/**
 * What the language says of a text, asked of a worker of this page whenever the author pauses: no key stroke goes to the
 * server. `answer` is that of the text as it was looked at last, so it may lag behind while `checking`.
 */
export function useLanguage(text: string): Language {
  const trpc = useTRPC()
  const { data: known } = useQuery(trpc.workflows.known.queryOptions(undefined, { staleTime: 60_000 }))
  const [client, setClient] = useState<LanguageClient | null>(null)
  const [checked, setChecked] = useState<{ readonly text: string; readonly answer: LanguageAnswer } | null>(null)
  const [silent, setSilent] = useState(false)
  const [round, setRound] = useState(0)
  const rested = useDebounced(text, PAUSE_MS)

  useEffect(() => {
    const held = holdLanguage()
    setClient(held.client)
    return () => held.release()
  }, [])

  const check = useEffectEvent(async (asked: LanguageClient, of: string, isNewest: () => boolean) => {
    try {
      const answer = await asked.askAgain('check', { text: of }, isNewest)
      if (answer === null || !isNewest()) return
      setSilent(false)
      // What is drawn from it can wait; the next key cannot.
      startTransition(() => setChecked((last) => ({ text: of, answer: keepSame(last?.answer, answer) })))
    } catch (error) {
      console.error('The text could not be checked.', error)
      if (isNewest()) setSilent(true)
    }
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round asks anew
  useEffect(() => {
    if (client === null) return
    let newest = true
    if (known !== undefined) client.setKnown(known)
    if (rested.trim() === '') setChecked(null)
    else void check(client, rested, () => newest)
    return () => {
      newest = false
    }
  }, [client, known, rested, round])

  return {
    answer: checked?.answer,
    checking: !silent && text.trim() !== '' && checked?.text !== text,
    silent,
    reload: () => {
      setSilent(false)
      setRound((last) => last + 1)
    },
  }
}
