import { monotonicFactory } from 'ulid'

/**
 * Prefixed, sortable ids: `run_01jxyz…`. The prefix says what a stray id in a log is; the ULID part
 * (48 bits of milliseconds, 80 random bits) gives indexes locality and lists a stable order.
 */
const PREFIXES = {
  workflow: 'wf',
  version: 'wfv',
  run: 'run',
  wait: 'wait',
  decision: 'dec',
  work: 'work',
  message: 'msg',
  effect: 'eff',
  aiCall: 'ai',
  user: 'usr',
  session: 'ses',
  invitation: 'inv',
  apiKey: 'key',
  template: 'tpl',
  audit: 'aud',
  worker: 'wrk',
  request: 'req',
  token: 'tok',
} as const

export type IdKind = keyof typeof PREFIXES

/** Random bytes are drawn many at once: each draw is a call of the system. */
const drawn = new Uint8Array(1_024)
let used = drawn.length

function random(): number {
  if (used === drawn.length) {
    crypto.getRandomValues(drawn)
    used = 0
  }
  return (drawn[used++] ?? 0) / 256
}

const next = monotonicFactory(random)

export function newId(kind: IdKind): string {
  return `${PREFIXES[kind]}_${next().toLowerCase()}`
}

/** Whether a text has the form of such an id. One of the wrong form is an id that is not there: 404, never 400 or 500. */
export function isId(kind: IdKind, text: string): boolean {
  return new RegExp(`^${PREFIXES[kind]}_[0-9a-hjkmnp-tv-z]{26}$`).test(text)
}
