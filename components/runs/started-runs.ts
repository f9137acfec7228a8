import type { LiveEvent } from '#components/live/use-live.ts'
import type { ToastMessage } from '#components/ui/toast.ts'

/** A run that was started in this tab and has not been seen to end. */
export interface StartedRun {
  readonly run_id: string
  /** Of the workflow. */
  readonly name: string
}

const KEPT = 20
const STORE = 'scaff:started'

const ENDS: ReadonlyMap<string, (name: string) => Omit<ToastMessage, 'href'>> = new Map([
  ['run.completed', (name) => ({ title: `${name} has completed`, tone: 'good', action: 'See the result' })],
  ['run.failed', (name) => ({ title: `${name} has failed`, tone: 'bad', action: 'See why' })],
  ['run.canceled', (name) => ({ title: `${name} was canceled`, action: 'Open the run' })],
])

/** Splits what was started into what has ended with these events and what has not. The page on show tells of itself. */
export function runResults(
  started: readonly StartedRun[],
  events: readonly LiveEvent[],
  path: string,
): { readonly left: readonly StartedRun[]; readonly messages: readonly ToastMessage[] } {
  const left: StartedRun[] = []
  const messages: ToastMessage[] = []
  for (const run of started) {
    const end = events.find(({ run_id, type }) => run_id === run.run_id && ENDS.has(type))
    const words = end && ENDS.get(end.type)
    const href = `/runs/${run.run_id}`
    if (!words) left.push(run)
    else if (path !== href) messages.push({ ...words(run.name), href })
  }
  return { left, messages }
}

/** Kept for as long as the tab is open, the latest first. */
export function startedRuns(): readonly StartedRun[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(STORE) ?? '[]')
    return Array.isArray(kept) ? kept.filter(isStarted) : []
  } catch {
    return []
  }
}

export function rememberRun(run: StartedRun): void {
  keepRuns([run, ...startedRuns()])
}

export function keepRuns(runs: readonly StartedRun[]): void {
  try {
    sessionStorage.setItem(STORE, JSON.stringify(runs.slice(0, KEPT)))
  } catch {
    // Where nothing can be kept nothing is told of.
  }
}

function isStarted(value: unknown): value is StartedRun {
  return (
    typeof value === 'object' &&
    value !== null &&
    'run_id' in value &&
    typeof value.run_id === 'string' &&
    'name' in value &&
    typeof value.name === 'string'
  )
}
