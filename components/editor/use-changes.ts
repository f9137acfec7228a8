'use client'
import { useEffect, useState } from 'react'
import type { WorkflowChange } from '#lib/workflow/compare.ts'
import { holdLanguage } from './language-client.ts'

/** What differs in meaning between two texts; null while that is not known, and where one of them is invalid. */
export function useChanges(before: string | undefined, after: string): readonly WorkflowChange[] | null {
  const [changes, setChanges] = useState<readonly WorkflowChange[] | null>(null)
  useEffect(() => {
    if (before === undefined) return
    const held = holdLanguage()
    let newest = true
    held.client.ask('compare', { before, after }).then(
      (answer) => newest && setChanges(answer),
      // The texts themselves are on the screen: without a summary nothing is lost.
      () => newest && setChanges(null),
    )
    return () => {
      newest = false
      held.release()
    }
  }, [before, after])
  return changes
}
