'use client'
import { useState } from 'react'
import { Button } from './button.tsx'
import { Notice } from './notice.tsx'

interface FailureProps {
  /** What went wrong, in a sentence; nothing is shown without one. */
  readonly error: string | null | undefined
  /** Asks once more; absent where that would do again what somebody did. */
  readonly onRetry?: (() => Promise<unknown>) | undefined
}

/** What could not be loaded or done, and the way to ask once more. */
export function Failure({ error, onRetry }: FailureProps) {
  const [trying, setTrying] = useState(false)
  if (!error) return null
  return (
    <Notice
      tone="bad"
      action={
        onRetry && (
          <Button
            size="sm"
            aria-disabled={trying || undefined}
            onClick={() => {
              if (trying) return
              setTrying(true)
              void onRetry().finally(() => setTrying(false))
            }}
          >
            {trying ? 'Trying…' : 'Try again'}
          </Button>
        )
      }
    >
      {error}
    </Notice>
  )
}
