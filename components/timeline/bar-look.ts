import type { StepStatus } from '#lib/contracts/run-steps.ts'
import type { Spent } from './time-axis.ts'

export const SPENT_LABELS: Readonly<Record<Spent, string>> = {
  queue: 'Queue',
  execution: 'Execution',
  waiting: 'Waiting for people',
  pause: 'Pause',
  inside: 'Steps inside',
}

const HATCH = 'bg-[repeating-linear-gradient(135deg,var(--warn)_0_2px,var(--warn-soft)_2px_6px)] border border-warn/60'

/** Told apart by their pattern: solid, hatched, outlined, dotted, a bracket; colour only repeats it. */
const LOOKS: Readonly<Record<Exclude<Spent, 'execution'>, string>> = {
  queue: 'h-2 border border-dashed border-control bg-surface',
  waiting: `h-3 ${HATCH}`,
  pause: 'h-0 border-t-2 border-dotted border-control',
  inside: 'h-1.5 border-x-2 border-t-2 border-control rounded-none',
}

export function barLook(spent: Spent, status: StepStatus): string {
  if (spent !== 'execution') return LOOKS[spent]
  if (status === 'failed') return 'h-3 bg-bad-fill'
  if (status === 'running') return 'h-3 bg-info motion-safe:animate-pulse'
  if (status === 'canceled' || status === 'skipped') return 'h-3 bg-control'
  return 'h-3 bg-accent'
}
