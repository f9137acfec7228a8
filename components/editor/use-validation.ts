'use client'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useState } from 'react'
import { useTRPC } from '#components/trpc.tsx'
import { useDebounced } from '#components/ui/use-debounced.ts'
import type { WorkflowDiagnostic } from '#lib/contracts/common.ts'

/** How long the author pauses before the text is checked. */
const PAUSE_MS = 300

export interface Validation {
  /** Of the text as it was checked last; undefined before the first answer. */
  readonly diagnostics: readonly WorkflowDiagnostic[] | undefined
  /** Whether what is shown may lag behind what is typed. */
  readonly checking: boolean
}

/** Checks a text against step types and settings whenever the author pauses. A late answer to an older text is dropped. */
export function useValidation(text: string): Validation {
  const trpc = useTRPC()
  const rested = useDebounced(text, PAUSE_MS)
  const [checked, setChecked] = useState<{ text: string; diagnostics: readonly WorkflowDiagnostic[] } | null>(null)
  const { mutateAsync } = useMutation(trpc.workflows.validate.mutationOptions())
  const check = useEffectEvent(async (yaml: string, isNewest: () => boolean) => {
    try {
      const { diagnostics } = await mutateAsync({ yaml })
      if (isNewest()) setChecked({ text: yaml, diagnostics })
    } catch {
      // Saving checks again and says what is wrong; here the next pause tries anew.
    }
  })
  useEffect(() => {
    let newest = true
    if (rested.trim() === '') setChecked(null)
    else void check(rested, () => newest)
    return () => {
      newest = false
    }
  }, [rested])
  return { diagnostics: checked?.diagnostics, checking: text.trim() !== '' && checked?.text !== text }
}
