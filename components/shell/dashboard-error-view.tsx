import { CircleAlert } from 'lucide-react'
import { Button } from '#components/ui/button.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'

interface DashboardErrorViewProps {
  /** By which the failure is found in the log; undefined when the browser failed. */
  readonly reference?: string | undefined
  /** Code of the page did not come: trying again is to load the page anew. */
  readonly missing?: boolean
  readonly onRetry: () => void
}

export function DashboardErrorView({ reference, missing = false, onRetry }: DashboardErrorViewProps) {
  return (
    <div role="alert">
      <EmptyState
        icon={CircleAlert}
        title={missing ? 'A part of this page could not be fetched' : 'This page could not be shown'}
        action={
          <Button variant="primary" onClick={onRetry}>
            {missing ? 'Reload the page' : 'Try again'}
          </Button>
        }
      >
        <p>
          {missing
            ? 'Scaff may have been updated since you opened it. Runs go on, and nothing you saved is lost.'
            : 'Runs go on, and nothing you saved is lost. If it stays, tell whoever runs this Scaff.'}
        </p>
        {reference && (
          <p className="mt-1">
            Reference for the log: <code className="font-mono text-xs">{reference}</code>
          </p>
        )}
      </EmptyState>
    </div>
  )
}
