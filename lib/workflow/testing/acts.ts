import fc from 'fast-check'
import { plus } from '../../time.ts'
import { allSteps } from '../definition.ts'
import type { ActivityRef, EffectResolution, RunEvent } from '../events.ts'
import { awaited } from '../quorum.ts'
import { DECISION_KINDS, type RunState, TERMINAL, type WaitState } from '../state.ts'
import type { Refusal, Transition } from '../transition.ts'
import type { ModelHost, Task } from './host.ts'
import { hold } from './invariants.ts'
import { answerTo, BETWEEN_ANSWERS_MS, brokenFor, naturally } from './nature.ts'

/** Something that happens to a run: what, and two numbers by which it finds its object. */
export interface Act {
  readonly do: keyof typeof ACTS
  readonly pick: number
  readonly more: number
}

/** How often each happens. `calm`: only what must not change the outputs. */
const CALM = {
  succeed: 8,
  stumble: 2,
  unknown: 1,
  resolve: 2,
  again: 3,
  stale: 2,
  early: 2,
  gone: 1,
  fire: 3,
  answer: 4,
  pass: 1,
}
const ROUGH = { ...CALM, fail: 1, decide: 2, reassign: 1, settle: 1, cancel: 1, retry: 2, retryFrom: 1, begin: 1 }

export function acts(weather: 'calm' | 'rough'): fc.Arbitrary<readonly Act[]> {
  const weights: Partial<Record<Act['do'], number>> = weather === 'calm' ? CALM : ROUGH
  const what = fc.oneof(
    ...Object.entries(weights).map(([name, weight]) => ({ weight, arbitrary: fc.constant(name as Act['do']) })),
  )
  return fc.array(fc.record({ do: what, pick: fc.nat(999), more: fc.nat(999) }), { maxLength: 60, size: 'max' })
}

/** Lets it happen, and checks that it was taken or refused as it must be. */
export function happen(host: ModelHost, act: Act): void {
  ACTS[act.do](host, act.pick, act.more)
}

const ACTS = {
  succeed: (host: ModelHost, pick: number) => withTask(host, pick, (task) => taken(host, answerOf(host, task))),
  /** An attempt fails that another one follows; where there is none, it succeeds or fails as it is. */
  stumble: (host: ModelHost, pick: number) =>
    withTask(host, pick, (task) => {
      const { activity } = task
      const step = host.program.step(activity.step)
      const last = activity.attempt >= (step?.retry?.max_attempts ?? 1)
      taken(host, last || step?.config.fails === true ? answerOf(host, task) : failure(host, activity, true))
    }),
  fail: (host: ModelHost, pick: number, more: number) =>
    withTask(host, pick, ({ activity }) => taken(host, failure(host, activity, more % 2 === 0))),
  unknown: (host: ModelHost, pick: number) =>
    withTask(host, pick, ({ activity, kind }) => {
      if (kind !== 'execute' || host.program.step(activity.step)?.config.fails === true) return
      taken(host, { type: 'effect.unknown', activity, evidence: { sent: true }, at: host.now })
    }),
  /** By what really happened. */
  resolve: (host: ModelHost, pick: number, more: number) =>
    withUnknown(host, pick, (activity) => {
      const made = naturally(host.program, activity)
      const result: EffectResolution =
        made.ok && more % 2 === 0 ? { do: 'done', result: made.result.output } : { do: 'repeat' }
      taken(host, resolved(host, activity, result))
    }),
  /** By what somebody thinks. */
  settle: (host: ModelHost, pick: number) =>
    withUnknown(host, pick, (activity) =>
      taken(host, resolved(host, activity, { do: 'fail', reason: 'It was not there.' })),
    ),
  /** An event comes a second time. */
  again: (host: ModelHost, pick: number) => {
    const event = host.past[pick % Math.max(1, host.past.length)]
    if (event && ONCE_ONLY.has(event.type)) refused(host, { ...event, at: host.now })
  },
  /** An answer to an attempt that is not the present one. */
  stale: (host: ModelHost, pick: number, more: number) => {
    const wrong: readonly Partial<Record<'attempt' | 'visit' | 'epoch', number>>[] = [
      { attempt: 1 },
      { attempt: -1 },
      { visit: 1 },
      { epoch: -1 },
    ]
    const answers = host.past.flatMap((e) =>
      e.type === 'step.succeeded' || e.type === 'step.failed' ? [e.activity] : [],
    )
    const refs = [...[...host.tasks.values()].map(({ activity }) => activity), ...answers]
    const ref = refs[pick % Math.max(1, refs.length)]
    const off = wrong[more % wrong.length]
    if (!ref || !off) return
    const { attempt, visit, epoch } = ref
    const moved = {
      ...ref,
      attempt: attempt + (off.attempt ?? 0),
      visit: visit + (off.visit ?? 0),
      epoch: epoch + (off.epoch ?? 0),
    }
    if ([...host.tasks.values()].some(({ activity }) => sameAttempt(activity, moved))) return
    refused(host, {
      type: 'step.succeeded',
      activity: moved,
      result: { output: 'stale', input: null, ai_calls: [] },
      at: host.now,
    })
  },
  early: (host: ModelHost, pick: number) => {
    const [timer, due] = timerAt(host, pick)
    if (timer && due > host.now) refused(host, { type: 'timer.fired', timer, at: host.now }, 'timer_early')
  },
  gone: (host: ModelHost, pick: number) => {
    const timer = [...host.fired][pick % Math.max(1, host.fired.size)] ?? 'expiry:nothing:1'
    refused(host, { type: 'timer.fired', timer, at: host.now })
  },
  /** A timer fires, later than it should have and perhaps before others that were due. */
  fire: (host: ModelHost, pick: number, more: number) => {
    const [timer, due] = timerAt(host, pick)
    if (!timer) return
    if (due > host.now) host.now = due
    pass(host, more % 3 === 0 ? more * 1_000 : 0)
    taken(host, { type: 'timer.fired', timer, at: host.now })
  },
  pass: (host: ModelHost, _pick: number, more: number) => pass(host, more * 1_000),
  answer: (host: ModelHost, pick: number, more: number) => {
    const waits = Object.values(host.state.waits)
    const wait = waits[pick % Math.max(1, waits.length)]
    if (wait) host.apply(answered(host, wait, more))
  },
  /** Anybody decides anything. */
  decide: (host: ModelHost, pick: number, more: number) => {
    const waits = Object.values(host.state.waits).flatMap((wait) => (wait.kind === 'approval' ? [wait] : []))
    const wait = waits[pick % Math.max(1, waits.length)]
    if (!wait) return
    const decision = DECISION_KINDS[more % 3] ?? 'approve'
    const approver = `a${1 + (more % 4)}`
    const allowed = awaited(wait).some(({ id }) => id === approver) && decision !== 'revise'
    const by = { via: 'key', id: 'key_1', label: 'key ci' } as const
    const event: RunEvent = {
      type: 'approval.decided',
      wait: wait.key,
      decision,
      comment: '',
      approver,
      by,
      at: host.now,
    }
    const { refused: refusal } = host.apply(event)
    if (decision !== 'revise') hold((refusal === null) === allowed, `I4: ${approver} decided ${wait.key}: ${refusal}`)
  },
  reassign: (host: ModelHost, pick: number, more: number) => {
    const waits = Object.values(host.state.waits).flatMap((wait) => (wait.kind === 'approval' ? [wait] : []))
    const wait = waits[pick % Math.max(1, waits.length)]
    const approver = wait?.approvers[more % wait.approvers.length]
    if (!wait || !approver) return
    const by = { via: 'key', id: 'key_1', label: 'key ci' } as const
    host.apply({
      type: 'approval.reassigned',
      wait: wait.key,
      approver: approver.id,
      to: { email: `new${more}@company.com`, user_id: null },
      by,
      at: host.now,
    })
  },
  cancel: (host: ModelHost, _pick: number, more: number) => {
    if (more % 3 > 0) return
    const event: RunEvent = { type: 'cancel', reason: 'no longer wanted', at: host.now }
    if (TERMINAL.has(host.state.status)) refused(host, event, 'run_over')
    else taken(host, event)
  },
  retry: (host: ModelHost) => {
    const event: RunEvent = { type: 'retry', from: null, inputs: null, at: host.now }
    if (mayRetry(host.state)) taken(host, event)
    else refused(host, event, 'wrong_state')
  },
  retryFrom: (host: ModelHost, pick: number) => {
    const steps = allSteps(host.program.definition.steps)
    const from = steps[pick % steps.length]?.id ?? null
    const made = host.apply({ type: 'retry', from, inputs: { edited: pick }, at: host.now })
    const atRoot = host.program.definition.steps.some(({ id }) => id === from)
    if (mayRetry(host.state) && atRoot && made.refused)
      throw new Error(`a retry from ${from} was refused: ${made.refused}`)
  },
  begin: (host: ModelHost, _pick: number, more: number) =>
    refused(host, { type: more % 2 ? 'start' : 'admit', at: host.now }),
} as const

const ONCE_ONLY: ReadonlySet<RunEvent['type']> = new Set([
  'start',
  'admit',
  'step.succeeded',
  'step.failed',
  'form.submitted',
  'timer.fired',
])

function taken(host: ModelHost, event: RunEvent): Transition {
  const made = host.apply(event)
  hold(made.refused === null, `${event.type} was refused: ${made.refused} (${JSON.stringify(event)})`)
  return made
}

function refused(host: ModelHost, event: RunEvent, why?: Refusal): void {
  const made = host.apply(event)
  hold(made.refused !== null, `I2: ${event.type} was taken and should not (${JSON.stringify(event)})`)
  hold(
    why === undefined || made.refused === why || made.refused === 'run_over',
    `refused as ${made.refused}, not ${why}`,
  )
}

export function answerOf(host: ModelHost, { activity }: Task): RunEvent {
  const made = naturally(host.program, activity)
  return made.ok
    ? { type: 'step.succeeded', activity, result: made.result, at: host.now }
    : { type: 'step.failed', activity, error: made.error, result: made.result, at: host.now }
}

export function answered(host: ModelHost, wait: WaitState, pick = 0): RunEvent {
  pass(host, BETWEEN_ANSWERS_MS)
  return answerTo(host.state, wait, host.now, pick)
}

function failure(host: ModelHost, activity: ActivityRef, retryable: boolean): RunEvent {
  return {
    type: 'step.failed',
    activity,
    error: brokenFor(retryable),
    result: { input: null, ai_calls: [] },
    at: host.now,
  }
}

export function resolved(host: ModelHost, activity: ActivityRef, resolution: EffectResolution): RunEvent {
  const by = { via: 'app', id: 'usr_sarah', label: 'Sarah' } as const
  return { type: 'effect.resolved', activity, resolution, by, at: host.now }
}

function withTask(host: ModelHost, pick: number, then: (task: Task) => void): void {
  const task = [...host.tasks.values()][pick % Math.max(1, host.tasks.size)]
  if (task) then(task)
}

function withUnknown(host: ModelHost, pick: number, then: (activity: ActivityRef) => void): void {
  const all = unknownOf(host.state)
  const activity = all[pick % Math.max(1, all.length)]
  if (activity) then(activity)
}

/** Effects of which nobody knows. */
export function unknownOf(state: RunState): readonly ActivityRef[] {
  return Object.entries(state.scopes).flatMap(([path, { cursor }]) =>
    cursor.at === 'unknown'
      ? [{ path, step: cursor.step, visit: cursor.visit, attempt: cursor.attempt, epoch: state.epoch }]
      : [],
  )
}

function sameAttempt(a: ActivityRef, b: ActivityRef): boolean {
  return a.path === b.path && a.step === b.step && a.visit === b.visit && a.attempt === b.attempt && a.epoch === b.epoch
}

function timerAt({ state }: ModelHost, pick: number): readonly [string | null, string] {
  const all = Object.entries(state.timers)
  const found = all[pick % Math.max(1, all.length)]
  return found ? [found[0], found[1].due] : [null, '']
}

function mayRetry({ status }: RunState): boolean {
  return status === 'failed' || status === 'canceled'
}

function pass(host: ModelHost, ms: number): void {
  host.now = plus(host.now, ms)
}
