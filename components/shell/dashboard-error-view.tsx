import { CircleAlert } from 'lucide-react'
import { Button } from '#components/ui/button.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'

interface DashboardErrorViewProps {
  /** By which the failure is found in the log; null when the browser failed. */
  readonly reference: string | null
  readonly onRetry: () => void
}

export function DashboardErrorView({ reference, onRetry }: DashboardErrorViewProps) {
  return (
    <div role="alert">
      <EmptyState
        icon={CircleAlert}
        title="This page could not be shown"
        action={
          <Button variant="primary" onClick={onRetry}>
            Try again
          </Button>
        }
      >
        <p>Runs go on, and nothing you saved is lost. If it stays, tell whoever runs this Scaff.</p>
        {reference && (
          <p className="mt-1">
            Reference for the log: <code className="font-mono text-xs">{reference}</code>
          </p>
        )}
      </EmptyState>
    </div>
  )
}
