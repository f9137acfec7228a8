import { describe, expect, it } from 'vitest'
import type { ActivityRef, RunEvent } from './events.ts'
import { begun, T0, type TestRun, workflow } from './testkit.ts'

const by = { via: 'key', id: 'key_1', label: 'key ci' } as const
const gate = (id: string, more: object = {}) => ({
  id,
  type: 'gate',
  config: { approvers: [{ email: 'a@x.com' }], ...more },
})

/** Every step that is under way ends well; what it makes is told apart by its visit. */
function work(run: TestRun): void {
  const { cursor } = run.state.scopes.root ?? {}
  if (cursor?.at !== 'executing') throw new Error(`nothing is under way: ${JSON.stringify(cursor)}`)
  const { step, visit, attempt } = cursor
  const activity: ActivityRef = { path: 'root', step, visit, attempt, epoch: 0 }
  const output = { [step]: `${step} ${visit}` }
  run.apply({ type: 'step.succeeded', activity, result: { output, input: null, ai_calls: [] }, at: T0 })
}

function decide(run: TestRun, decision: 'approve' | 'revise'): void {
  const [wait] = Object.keys(run.state.waits)
  const event: RunEvent = {
    type: 'approval.decided',
    wait: wait ?? '',
    decision,
    comment: 'x',
    approver: 'a1',
    by,
    at: T0,
  }
  expect(run.apply(event).refused).toBeNull()
}

/** Where the run rests: the step that works, or the approval that is asked. */
const at = (run: TestRun) => {
  const { cursor } = run.state.scopes.root ?? {}
  return cursor && 'step' in cursor ? `${cursor.step}` : cursor?.at
}
const bound = (run: TestRun) => Object.keys(run.state.scopes.root?.bindings ?? {})

describe('a pass that begins anew', () => {
  it('asks an approval where it comes by, not before what goes out ahead of it', () => {
    const run = begun(
      workflow([
        { id: 'draft', type: 'write' },
        { id: 'preview', type: 'call' },
        gate('legal'),
        gate('final', { on_revise: { to: 'draft', max: 9 } }),
        { id: 'publish', type: 'call' },
      ]),
    )
    // More often than a change of what was approved would be put again.
    for (let pass = 1; pass <= 5; pass++) {
      work(run)
      expect(at(run)).toBe('preview')
      work(run)
      expect(at(run)).toBe('legal')
      decide(run, 'approve')
      expect(at(run)).toBe('final')
      decide(run, pass === 5 ? 'approve' : 'revise')
    }
    expect(bound(run)).toEqual(['legal', 'final'])
    expect(at(run)).toBe('publish')
  })

  it('does not forget an approval that came before it', () => {
    const run = begun(
      workflow([
        { id: 'draft', type: 'write' },
        gate('legal'),
        { id: 'draft2', type: 'write' },
        gate('final', { on_revise: { to: 'draft2', max: 9 } }),
        { id: 'publish', type: 'call' },
      ]),
    )
    work(run)
    decide(run, 'approve')
    work(run)
    decide(run, 'revise')
    expect(bound(run)).toEqual(['legal'])
    work(run)
    decide(run, 'approve')
    expect([at(run), bound(run)]).toEqual(['publish', ['legal', 'final']])
  })

  it('does not forget one that another way leads to as well: nobody would ask it again', () => {
    const run = begun(
      workflow([
        { id: 'draft', type: 'write' },
        { id: 'route', type: 'choose', config: { of: 'risky', yes: 'legal', no: 'polish' } },
        gate('legal'),
        { id: 'polish', type: 'write' },
        { id: 'send', type: 'call' },
        { id: 'more', type: 'choose', config: { of: 'again', yes: 'polish', no: null } },
      ]),
      { inputs: { risky: true, again: true } },
    )
    work(run)
    decide(run, 'approve')
    work(run)
    work(run)
    expect([at(run), bound(run)]).toEqual(['polish', ['legal']])
  })

  it('keeps what else was approved when one approval has to be given again', () => {
    const run = begun(
      workflow([
        { id: 'draft', type: 'write' },
        gate('legal'),
        gate('final', { show: { fixed: true } }),
        { id: 'again', type: 'write' },
        { id: 'publish', type: 'call' },
      ]),
    )
    work(run)
    decide(run, 'approve')
    decide(run, 'approve')
    const { cursor } = run.state.scopes.root ?? {}
    if (cursor?.at !== 'executing') throw new Error('nothing is under way')
    const activity: ActivityRef = { path: 'root', step: 'again', visit: 1, attempt: 1, epoch: 0 }
    const result = { output: { draft: 'changed' }, input: null, ai_calls: [] }
    run.apply({ type: 'step.succeeded', activity, result, at: T0 })
    expect([at(run), bound(run)]).toEqual(['legal', ['final']])
    decide(run, 'approve')
    expect([at(run), bound(run).toSorted()]).toEqual(['publish', ['final', 'legal']])
  })
})
