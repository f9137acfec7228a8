import { describe, expect, it } from 'vitest'
import type { Json } from '../json.ts'
import { begun, T0, workflow } from './testkit.ts'

describe('an effect that is sent again', () => {
  const activity = { path: 'root', step: 'pay', visit: 1, attempt: 1, epoch: 0 }
  const by = { via: 'app', id: 'usr_sarah', label: 'Sarah' } as const

  /** What is given out after a request was lost of which this is known. */
  const repeated = (evidence: Json) => {
    const run = begun(workflow([{ id: 'pay', type: 'call' }]))
    run.apply({ type: 'effect.unknown', activity, evidence, at: T0 })
    return run.apply({ type: 'effect.resolved', activity, resolution: { do: 'repeat' }, by, at: T0 }).commands
  }
  const execute = { do: 'execute', activity, key: 'run_1:root:pay:1:0' }

  it.each<[what: string, evidence: Json, commands: object]>([
    ['the key of its step', { key: execute.key }, execute],
    ['the key that the author gave it', { key: 'order-7' }, { ...execute, sent_as: 'order-7' }],
    ['what the author says, where that holds a secret', { key: 'order-[REDACTED:KEY]' }, execute],
    ['the key of its step, where none was told', { key: null }, execute],
    ['the key of its step, where nothing was told', null, execute],
  ])('goes out under %s', (_what, evidence, command) => {
    expect(repeated(evidence)).toEqual([command])
  })
})
