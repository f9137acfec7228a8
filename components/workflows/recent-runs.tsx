import { clsx } from 'clsx'
import { statusLabel } from '#components/runs/status.tsx'
import type { RunStatus } from '#lib/contracts/runs.ts'

/** Height tells apart what colour tells too: what failed is short, what is under way is hollow. */
const MARKS: Readonly<Record<RunStatus, string>> = {
  completed: 'h-3.5 bg-good',
  failed: 'h-1.5 bg-bad',
  canceled: 'h-1.5 bg-control',
  waiting: 'h-3.5 border border-warn',
  running: 'h-3.5 border border-info',
  queued: 'h-3.5 border border-control',
}

/** How the last runs stand, the oldest first: a small picture with its words. */
export function RecentRuns({ recent }: { readonly recent: readonly RunStatus[] }) {
  if (recent.length === 0) return null
  const words = recentWords(recent)
  return (
    <span title={words} className="inline-flex h-4 items-end gap-0.5">
      <span className="sr-only">{words}</span>
      {recent.toReversed().map((status, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: marks have no identity of their own
        <span key={i} aria-hidden="true" className={clsx('w-1.5 rounded-[1px]', MARKS[status])} />
      ))}
    </span>
  )
}

/** "Last 8 runs: 6 completed, 1 failed, 1 waiting". */
export function recentWords(recent: readonly RunStatus[]): string {
  const counts = new Map<RunStatus, number>()
  for (const status of recent) counts.set(status, (counts.get(status) ?? 0) + 1)
  const parts = [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([status, count]) => `${count} ${statusLabel(status).toLowerCase()}`)
  return `${recent.length === 1 ? 'Last run' : `Last ${recent.length} runs`}: ${parts.join(', ')}`
}
