import { span, utc } from '#components/ui/time-format.ts'
import type { SimulatedRun, StoryEntry } from '#lib/simulation/types.ts'

/** How long after the start something happened, as the virtual clock has it: `at the start`, `+24 h`. */
export function sinceStart(at: string, start: string): string {
  const ms = Date.parse(at) - Date.parse(start)
  return ms < 60_000 ? 'at the start' : `+${span(ms)}`
}

const TIMERS: Readonly<Record<NonNullable<SimulatedRun['next_timer']>['kind'], string>> = {
  reminder: 'the next reminder',
  expiry: 'the time to answer ends',
  backoff: 'the next attempt',
  delay: 'the delay is over',
  step_timeout: 'the step has taken too long',
  run_timeout: 'the run has taken too long',
}

/** The way to the next timer, in words; null when time changes nothing. */
export function nextWait({ next_timer: timer, now }: Pick<SimulatedRun, 'next_timer' | 'now'>): {
  readonly ms: number
  readonly label: string
  readonly until: string
} | null {
  if (timer === null) return null
  const ms = Math.max(0, Date.parse(timer.at) - Date.parse(now))
  return { ms, label: `Let ${span(ms)} pass`, until: `until ${TIMERS[timer.kind]}` }
}

const SILENCE: Readonly<Record<Extract<StoryEntry, { kind: 'silence' }>['outcome'], string>> = {
  escalated: 'Nobody decided in time, so others are asked.',
  approved: 'Nobody decided in time, which counts as approved here.',
  rejected: 'Nobody decided in time, which counts as rejected here.',
  expired: 'Nobody answered in time.',
  submitted: 'Nobody answered in time.',
  revised: 'Nobody answered in time.',
  canceled: 'Nobody answered in time.',
}

export function silenceWords(outcome: keyof typeof SILENCE): string {
  return SILENCE[outcome]
}

/** Where the run stands, in a sentence that is read out after each act. */
export function standing({ run, next_timer }: Pick<SimulatedRun, 'run' | 'next_timer'>): string {
  const { waiting } = run
  if (waiting) {
    const title = waiting.form?.title ?? waiting.approval?.title ?? waiting.step_id
    return waiting.type === 'form' ? `It waits for answers: ${title}.` : `It waits for a decision: ${title}.`
  }
  switch (run.status) {
    case 'waiting':
      return next_timer?.kind === 'delay' ? `It rests until ${utc(next_timer.at)}.` : 'The run is under way.'
    case 'completed':
      return 'The run is completed.'
    case 'failed':
      return `The run failed. ${run.error?.message ?? ''}`.trim()
    case 'canceled':
      return 'The run was canceled.'
    default:
      return 'The run is under way.'
  }
}
