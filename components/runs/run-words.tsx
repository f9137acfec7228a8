'use client'
import { list } from '#components/timeline/run-words.ts'
import { span } from '#components/ui/time-format.ts'
import { useClock } from '#components/ui/viewer-time.tsx'
import type { RunWaitingFor } from '#lib/contracts/run-waits.ts'
import type { RunRow } from '#lib/contracts/runs.ts'

/** Whom a run waits for: "ann@company.com or bob@company.com". */
export function peopleWords(waiting: RunWaitingFor): string {
  if (waiting.people.length > 0) return list(waiting.people, waiting.any ? 'or' : 'and')
  return waiting.type === 'form' ? 'somebody to fill in the form' : 'an approver'
}

/** Where a run stands, in one sentence without its time. */
export function standing(run: RunRow): string {
  switch (run.status) {
    case 'queued':
      return 'Waits for its turn'
    case 'running':
      return run.current_step === null ? 'Running' : `Running ${run.current_step}`
    case 'waiting':
      return run.waiting_for ? `Waiting for ${peopleWords(run.waiting_for)}` : 'Waiting'
    case 'completed':
      return 'Completed'
    case 'failed':
      return run.error?.message ?? 'Failed'
    case 'canceled':
      return 'Canceled'
  }
}

/** The same, with how long it has waited: "Waiting for manager@company.com since 2 h". */
export function Standing({ run, className }: { readonly run: RunRow; readonly className?: string }) {
  const now = useClock()
  const since = run.status === 'waiting' ? run.waiting_for?.since : undefined
  const waited = since === undefined ? 0 : now - Date.parse(since)
  const text = `${standing(run)}${waited < 60_000 ? '' : ` since ${span(waited)}`}`
  return (
    <span dir="auto" className={className} title={text}>
      {text}
    </span>
  )
}
