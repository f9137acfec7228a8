'use client'
import { useRouter } from 'next/navigation'
import { startTransition } from 'react'
import { DashboardErrorView } from '#components/shell/dashboard-error-view.tsx'

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
  return <DashboardErrorView reference={error.digest ?? null} onRetry={retry} />
}
