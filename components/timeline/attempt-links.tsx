import { GitFork } from 'lucide-react'
import { StatusBadge } from '#components/runs/status.tsx'
import { Button } from '#components/ui/button.tsx'
import type { ChildRun } from '#lib/contracts/run-lineage.ts'
import { RunLink } from './run-lineage.tsx'

interface AttemptLinksProps {
  /** The runs that this visit called. */
  readonly called: readonly ChildRun[]
  /** null where no run can branch off here, or the reader may not start one. */
  readonly onFork: (() => void) | null
}

/** Where else an attempt leads: to the runs it called, and to another run that begins here. */
export function AttemptLinks({ called, onFork }: AttemptLinksProps) {
  if (called.length === 0 && onFork === null) return null
  return (
    <div className="mt-4 grid gap-4 border-t pt-4">
      {called.length > 0 && (
        <section>
          <h3 className="mb-1.5 text-xs font-medium text-ink-muted">
            {called.length === 1 ? 'The run it called' : 'The runs it called'}
          </h3>
          <ul className="grid gap-1.5">
            {called.map(({ run_id, status }) => (
              <li key={run_id} className="flex flex-wrap items-center gap-2">
                <StatusBadge status={status} />
                <RunLink id={run_id} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {onFork && (
        <Button size="sm" className="justify-self-start" onClick={onFork}>
          <GitFork aria-hidden="true" />
          Start another run from here…
        </Button>
      )}
    </div>
  )
}
