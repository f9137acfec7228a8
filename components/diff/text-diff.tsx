'use client'
import { type ReactNode, Suspense, useEffect, useState } from 'react'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { OnDemandDiff } from './on-demand-diff.tsx'

export interface TextDiffProps {
  readonly before: string
  readonly after: string
  readonly beforeLabel: string
  readonly afterLabel: string
  /** The texts are people's words, not code. */
  readonly prose?: boolean
}

/** Two texts and what differs: side by side on wide screens, one below the other on narrow ones. */
export function TextDiff(props: TextDiffProps): ReactNode {
  // The server knows no width, and the code that compares is fetched when it is needed.
  const [there, setThere] = useState(false)
  useEffect(() => setThere(true), [])
  const waiting = <SkeletonRows rows={6} label="Comparing" />
  return there ? (
    <Suspense fallback={waiting}>
      <OnDemandDiff {...props} />
    </Suspense>
  ) : (
    waiting
  )
}
