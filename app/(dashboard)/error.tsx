'use client'
import { useRouter } from 'next/navigation'
import { startTransition } from 'react'
import { DashboardErrorView } from '#components/shell/dashboard-error-view.tsx'
import { isMissingPart } from '#components/ui/missing-part.ts'

interface DashboardErrorProps {
  readonly error: Error & { digest?: string }
  readonly reset: () => void
}

/** Stands in for a page that failed; the navigation around it stays. */
export default function DashboardError({ error, reset }: DashboardErrorProps) {
  const router = useRouter()
  // What failed on the server has to be asked for again; clearing the failure alone would show the same answer.
  const retry = () =>
    startTransition(() => {
      router.refresh()
      reset()
    })
  if (isMissingPart(error)) return <DashboardErrorView missing onRetry={() => window.location.reload()} />
  return <DashboardErrorView reference={error.digest} onRetry={retry} />
}
