import Link from 'next/link'
import { money } from '#components/timeline/run-words.ts'
import { RelativeTime } from '#components/ui/time.tsx'
import { duration } from '#components/ui/time-format.ts'
import type { RunRow } from '#lib/contracts/runs.ts'
import { Standing } from './run-words.tsx'
import { StatusIcon } from './status.tsx'

/** One line each on wide screens, a small card each on narrow ones. */
export function RunRows({ runs }: { readonly runs: readonly RunRow[] }) {
  return (
    <ul aria-label="Runs" className="divide-y">
      {runs.map((run) => (
        <Row key={run.run_id} run={run} />
      ))}
    </ul>
  )
}

function Row({ run }: { readonly run: RunRow }) {
  return (
    <li className="relative grid grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-3 px-4 py-2.5 transition-colors hover:bg-sunken md:grid-cols-[auto_minmax(0,1fr)_9rem_6rem_5.5rem_4.5rem]">
      <StatusIcon status={run.status} />
      <div className="min-w-0">
        <Link
          href={`/runs/${run.run_id}`}
          dir="auto"
          title={run.workflow_name}
          className="block w-fit max-w-full truncate text-sm font-medium after:absolute after:inset-0 hover:underline"
        >
          {run.workflow_name}
        </Link>
        <Standing run={run} className="line-clamp-2 text-[0.8125rem] text-ink-muted md:line-clamp-1" />
      </div>
      <span
        dir="auto"
        className="w-fit max-w-full truncate text-[0.8125rem] text-ink-muted max-md:hidden"
        title={run.started_by ?? ''}
      >
        {run.started_by}
      </span>
      <RelativeTime
        at={run.started_at}
        className="text-end text-[0.8125rem] whitespace-nowrap text-ink-muted md:text-start"
      />
      <span className="tabular text-end text-[0.8125rem] whitespace-nowrap text-ink-muted max-md:hidden">
        {run.duration_ms === null ? <span className="text-ink-subtle">under way</span> : duration(run.duration_ms)}
      </span>
      <span className="tabular text-end text-[0.8125rem] text-ink-muted max-md:hidden">{money(run.cost.usd)}</span>
    </li>
  )
}

/** What is on show, summed up: "50 runs: 40 completed, 10 failed; $0.42". */
export function sumWords(runs: readonly RunRow[], more: boolean): string {
  const counts = new Map<string, number>()
  for (const { status } of runs) counts.set(status, (counts.get(status) ?? 0) + 1)
  const parts = [...counts].sort(([, a], [, b]) => b - a).map(([status, count]) => `${count} ${status}`)
  const usd = runs.reduce((sum, run) => sum + run.cost.usd, 0)
  const all = `${runs.length === 1 ? '1 run' : `${runs.length} runs`}${more ? ' so far' : ''}`
  return `${all}: ${parts.join(', ')}${usd > 0 ? `; ${money(usd)} spent on AI` : ''}`
}
