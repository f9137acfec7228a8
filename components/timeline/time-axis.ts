import type { StepSummary } from '#lib/contracts/run-steps.ts'
import type { RunWait } from '#lib/contracts/run-waits.ts'

/** What a stretch of an attempt was spent on. `pause`: until the next attempt, or while it rests; `inside`: on the steps inside it. */
export type Spent = 'queue' | 'execution' | 'waiting' | 'pause' | 'inside'

export interface Stretch {
  readonly spent: Spent
  /** Milliseconds since the epoch. */
  readonly from: number
  readonly to: number
}

export interface Times {
  /** Milliseconds: ready, but not taken up by a worker. */
  readonly queue: number
  /** Until another attempt, or at rest. */
  readonly pause: number
  readonly execution: number
  /** For people. */
  readonly waiting: number
  /** On the steps inside it, whose own time is told with them. */
  readonly inside: number
}

/** Steps that only wait for people: all of their time is theirs. */
const FOR_PEOPLE: ReadonlySet<string> = new Set<RunWait['type']>(['form', 'approval'])

/** Steps that only rest, for a time or while another run is under way. */
const RESTS: ReadonlySet<string> = new Set(['delay', 'workflow'])

/** Steps that only hold others. */
const HOLDS: ReadonlySet<string> = new Set(['parallel', 'for_each'])

type Timed = Pick<StepSummary, 'type' | 'status' | 'started_at' | 'began_at' | 'ended_at' | 'retry_at'>

/** What an attempt was spent on, in order; what is still open ends `now`. */
export function stretchesOf(step: Timed, now: number): readonly Stretch[] {
  const start = Date.parse(step.started_at)
  const open = step.status === 'running' || step.status === 'waiting'
  const end = Math.max(start, step.ended_at === null ? (open ? now : start) : Date.parse(step.ended_at))
  if (FOR_PEOPLE.has(step.type)) return [{ spent: 'waiting', from: start, to: end }]
  if (RESTS.has(step.type)) return [{ spent: 'pause', from: start, to: end }]
  if (HOLDS.has(step.type)) return [{ spent: 'inside', from: start, to: end }]
  const began = step.began_at === null ? start : Math.min(Math.max(Date.parse(step.began_at), start), end)
  const again = step.retry_at === null ? end : Math.min(Date.parse(step.retry_at), Math.max(now, end))
  const stretches: Stretch[] = [
    { spent: 'queue', from: start, to: began },
    { spent: 'execution', from: began, to: end },
    { spent: 'pause', from: end, to: again },
  ]
  return stretches.filter(({ spent, from, to }) => to > from || spent === 'execution')
}

/** How long an attempt took: what came before it and after it does not count, unless resting is all it does. */
export function took(step: Timed, now: number): number {
  const { execution, waiting, pause, inside } = timesOf([step], now)
  return execution + waiting + inside + (RESTS.has(step.type) ? pause : 0)
}

/** How long an attempt, or a whole run, spent on what; what happened side by side counts once. */
export function timesOf(steps: readonly Timed[], now: number): Times {
  const bySpent: Record<Spent, Stretch[]> = { queue: [], execution: [], waiting: [], pause: [], inside: [] }
  for (const step of steps) for (const stretch of stretchesOf(step, now)) bySpent[stretch.spent].push(stretch)
  const sum = (spent: Spent) => union(bySpent[spent]).reduce((ms, { from, to }) => ms + to - from, 0)
  return {
    queue: sum('queue'),
    execution: sum('execution'),
    waiting: sum('waiting'),
    pause: sum('pause'),
    inside: sum('inside'),
  }
}

export interface TimeAxis {
  /** Where an instant lies, from 0 to 1. */
  position(at: number): number
  /** The instant at a place from 0 to 1. */
  instant(position: number): number
  /** Stretches of idle time that are drawn shorter than they were, from 0 to 1. */
  readonly breaks: readonly { readonly from: number; readonly to: number; readonly ms: number }[]
}

/** Idle time gets at most this part of the axis, so that what was done stays in sight. */
const IDLE_SHARE = 0.6
/** An idle stretch shorter than this part of all that was done is drawn as it is. */
const SHORT = 0.5

/**
 * The axis of a run: what was done is drawn true to scale, while long stretches in which nothing but waiting happened are
 * drawn shorter, by their order of magnitude. Else three days of waiting would leave nothing of a call that took 200 ms.
 */
export function timeAxis(stretches: readonly Stretch[], from: number, to: number): TimeAxis {
  const busy = union(stretches.filter(({ spent }) => spent === 'execution' || spent === 'queue'))
  const done = busy.reduce((sum, piece) => sum + piece.to - piece.from, 0)
  const scale = Math.max(done, 1)
  const pieces = cut(busy, from, Math.max(to, from + 1)).map((piece) => {
    const ms = piece.to - piece.from
    const shorter = !piece.busy && done > 0 && ms > scale * SHORT
    return { ...piece, shorter, drawn: shorter ? scale * SHORT * (1 + Math.log10(ms / (scale * SHORT)) / 2) : ms }
  })
  const idle = pieces.reduce((sum, piece) => sum + (piece.shorter ? piece.drawn : 0), 0)
  const rest = pieces.reduce((sum, piece) => sum + (piece.shorter ? 0 : piece.drawn), 0)
  const squeeze = idle === 0 ? 1 : Math.min(1, (rest * IDLE_SHARE) / (1 - IDLE_SHARE) / idle)
  const total = rest + idle * squeeze
  const times = [from]
  const places = [0]
  const breaks: { from: number; to: number; ms: number }[] = []
  for (const piece of pieces) {
    const before = places.at(-1) ?? 0
    const after = before + (piece.drawn * (piece.shorter ? squeeze : 1)) / total
    if (piece.shorter) breaks.push({ from: before, to: after, ms: piece.to - piece.from })
    times.push(piece.to)
    places.push(after)
  }
  return {
    position: (at) => interpolate(times, places, at),
    instant: (position) => interpolate(places, times, position),
    breaks,
  }
}

interface Piece {
  readonly from: number
  readonly to: number
}

/** Stretches that touch or overlap become one. */
function union(stretches: readonly Piece[]): readonly Piece[] {
  const joined: { from: number; to: number }[] = []
  for (const { from, to } of stretches.toSorted((a, b) => a.from - b.from)) {
    const last = joined.at(-1)
    if (last && from <= last.to) last.to = Math.max(last.to, to)
    else if (to > from) joined.push({ from, to })
  }
  return joined
}

/** The whole span as a row of busy and idle pieces. */
function cut(busy: readonly Piece[], from: number, to: number): readonly (Piece & { readonly busy: boolean })[] {
  const pieces: (Piece & { readonly busy: boolean })[] = []
  let at = from
  for (const piece of busy) {
    const start = Math.max(piece.from, at)
    const end = Math.min(piece.to, to)
    if (end <= start) continue
    if (start > at) pieces.push({ from: at, to: start, busy: false })
    pieces.push({ from: start, to: end, busy: true })
    at = end
  }
  if (at < to) pieces.push({ from: at, to, busy: false })
  return pieces
}

/** `xs` rises; outside of it the ends count. Found by halves: an axis of 10,000 steps has as many pieces. */
function interpolate(xs: readonly number[], ys: readonly number[], x: number): number {
  let low = 0
  let high = xs.length - 1
  if (x <= (xs[low] ?? 0)) return ys[low] ?? 0
  if (x >= (xs[high] ?? 0)) return ys[high] ?? 0
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((xs[middle] ?? 0) <= x) low = middle
    else high = middle
  }
  const [x0, x1, y0, y1] = [xs[low] ?? 0, xs[high] ?? 0, ys[low] ?? 0, ys[high] ?? 0]
  return x1 === x0 ? y0 : y0 + ((x - x0) / (x1 - x0)) * (y1 - y0)
}
