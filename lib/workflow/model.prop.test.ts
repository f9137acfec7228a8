import { describe, expect, it } from 'vitest'
import type { RunEvent } from './events.ts'
import type { RunState } from './state.ts'
import { modelCheck } from './testing/model.ts'
import { transition } from './transition.ts'

type Decide = typeof transition

describe('random workflows under random events', () => {
  it('keep every invariant, and have the outputs of an undisturbed run', { timeout: 60_000 }, async () => {
    const { broken, runs, ends } = await modelCheck({ seed: 2026, runs: 300 })
    expect(broken).toBe(null)
    expect(runs).toBe(600)
    expect(Object.keys(ends).toSorted()).toEqual(['canceled', 'completed', 'failed'])
  })
})

/** A core with one defect each, and what the model says to it. */
const DEFECTS: readonly (readonly [defect: string, told: RegExp, decide: Decide])[] = [
  [
    'a timer fires before it is due',
    /I5|I2: timer\.fired was taken/,
    (program, state, data, event) => {
      const due = event.type === 'timer.fired' ? state.timers[event.timer]?.due : undefined
      return transition(program, state, data, due ? { ...event, at: due } : event)
    },
  ],
  [
    'an answer to an older attempt counts',
    /I1: given out|I2: step\.\w+ was taken/,
    (program, state, data, event) => transition(program, state, data, current(state, event)),
  ],
  [
    'the history has a gap',
    /I2: event/,
    (program, state, data, event) => {
      const made = transition(program, state, data, event)
      return { ...made, events: made.events.map((e) => (e.type === 'step.started' ? { ...e, seq: e.seq + 1 } : e)) }
    },
  ],
  ['a step is never given out', /I1/, without('execute')],
  ['a canceled step is not taken back', /I1|given out twice/, without('abandon')],
  ['a timer is left at the end', /I5/, without('disarm_timer')],
  [
    'an approver may decide twice',
    /I4/,
    (program, state, data, event) => {
      const wait = event.type === 'approval.decided' ? state.waits[event.wait] : undefined
      if (wait?.kind !== 'approval') return transition(program, state, data, event)
      const forgot = { ...state, waits: { ...state.waits, [wait.key]: { ...wait, decisions: [] } } }
      const made = transition(program, forgot, data, event)
      return made.refused ? { ...made, state } : made
    },
  ],
  [
    'a run goes on after its end',
    /I2/,
    (program, state, data, event) =>
      transition(program, event.type === 'cancel' ? { ...state, status: 'running' } : state, data, event),
  ],
  [
    'a second attempt has another output',
    /I6/,
    (program, state, data, event) =>
      transition(
        program,
        state,
        data,
        event.type === 'step.succeeded' && event.activity.attempt > 1
          ? { ...event, result: { ...event.result, output: 'another' } }
          : event,
      ),
  ],
]

describe('the model tells when', () => {
  it.each(DEFECTS)('%s', async (_defect, told, decide) => {
    const { broken } = await modelCheck({ seed: 2026, runs: 300, decide, shrink: false })
    expect(broken?.message).toMatch(told)
  })
})

/** The event, told of the attempt that its scope is at. */
function current(state: RunState, event: RunEvent): RunEvent {
  if (event.type !== 'step.succeeded' && event.type !== 'step.failed') return event
  const cursor = state.scopes[event.activity.path]?.cursor
  if (cursor?.at !== 'executing') return event
  const { step, visit, attempt } = cursor
  return { ...event, activity: { path: event.activity.path, step, visit, attempt, epoch: state.epoch } }
}

function without(command: string): Decide {
  return (program, state, data, event) => {
    const made = transition(program, state, data, event)
    return { ...made, commands: made.commands.filter((c) => c.do !== command) }
  }
}
