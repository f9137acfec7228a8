import { expect, it } from 'vitest'
import type { WorkflowDefinition } from '#lib/workflow/definition.ts'
import { ONCE, workflow } from '#lib/workflow/testkit.ts'
import type { ForkInput } from '../port.ts'
import { type Actions, asKey, broken, done, type Harness, MINUTE, PROFILE, review, two } from './kit.ts'

const calls = (more: object = {}) =>
  workflow(
    [
      { id: 'sub', type: 'sub', config: { workflow: 'Inner', inputs: { name: 'Ada' } }, ...more },
      { id: 'last', type: 'call' },
    ],
    { outputs: '{{ steps.sub.output }}' },
  )

/** Runs that have to do with each other: called, queued behind one another, branched off. */
export function togetherConformance(h: () => Harness, act: () => Actions): void {
  /** Makes a workflow that steps find by any name. */
  const callable = async (definition: WorkflowDefinition) => {
    const published = await h().publish(definition)
    h().child = async (_workflow, inputs) => ({
      ok: true,
      start: { ...published, inputs, static: {}, profile: PROFILE },
    })
  }
  const childOf = async (run_id: string) => {
    const [child] = await h().children(run_id)
    if (!child) throw new Error('no child')
    return child
  }

  const fork = (run_id: string, from_step: string, more: Partial<ForkInput> = {}) =>
    h().engine.fork(asKey, { run_id, from_step, inputs: null, profile: PROFILE, idempotency: null, ...more })

  it('calls another workflow and goes on with its outputs', async () => {
    h().script = async ({ scope }) => done({ hello: scope.roots.inputs?.name ?? null })
    await callable(workflow([{ id: 'greet', type: 'call' }], { outputs: { said: '{{ hello }}' } }))
    const run_id = await act().start(calls())
    await h().settle()
    expect((await act().seen(run_id)).status).toBe('completed')
    expect((await h().outputs(run_id)).sub).toEqual({ said: 'Ada' })
    expect(await h().children(run_id)).toHaveLength(1)
  })

  it('waits as long as the run it called waits', async () => {
    h().script = async () => done()
    await callable(workflow([review()]))
    const run_id = await act().start(calls())
    await h().settle()
    expect((await act().seen(run_id)).status).toBe('waiting')
    await act().decide(await childOf(run_id), 'approve')
    await h().settle()
    expect((await act().seen(run_id)).status).toBe('completed')
  })

  it('fails with the run it called, or calls again where the author says so', async () => {
    let healthy = false
    h().script = async ({ step }) => (step.id === 'greet' && !healthy ? broken() : done())
    await callable(workflow([{ id: 'greet', type: 'call' }]))
    const run_id = await act().start(calls())
    await h().settle()
    expect((await act().seen(run_id)).state.error).toMatchObject({ code: 'workflow.failed', step: 'sub' })
    const patient = await act().start(calls({ retry: { ...ONCE, max_attempts: 2 } }))
    await h().settle()
    healthy = true
    h().clock.advance(MINUTE)
    await h().settle()
    expect((await act().seen(patient)).status).toBe('completed')
    expect(await h().children(patient)).toHaveLength(2)
  })

  it('says why there is no run to call', async () => {
    h().child = async () => ({
      ok: false,
      error: {
        code: 'workflow.not_found',
        message: 'There is no workflow Inner.',
        retryable: false,
        retry_after_ms: null,
      },
    })
    const run_id = await act().start(calls())
    await h().settle()
    expect((await act().seen(run_id)).state.error).toMatchObject({ code: 'workflow.not_found', step: 'sub' })
  })

  it('ends a workflow that calls itself', async () => {
    const self = await h().publish(calls())
    h().child = async (_workflow, inputs) => ({ ok: true, start: { ...self, inputs, static: {}, profile: PROFILE } })
    const run_id = await act().start(calls())
    await h().settle()
    expect((await act().seen(run_id)).state.error?.message).toMatch(/call one another 20 deep at most/)
  })

  it('cancels the runs it called, and theirs', async () => {
    await callable(workflow([review()]))
    const inner = h().child
    const middle = await h().publish(calls())
    h().child = async (name, inputs) =>
      name === 'Middle' ? { ok: true, start: { ...middle, inputs, static: {}, profile: PROFILE } } : inner(name, inputs)
    const run_id = await act().start(workflow([{ id: 'sub', type: 'sub', config: { workflow: 'Middle' } }]))
    await h().settle()
    const child = await childOf(run_id)
    const grandchild = await childOf(child)
    expect(await h().engine.cancel(asKey, { run_id, reason: 'Enough' })).toMatchObject({ ok: true })
    await h().settle()
    for (const id of [run_id, child, grandchild]) expect((await act().seen(id)).status).toBe('canceled')
  })

  it('starts nothing for a caller that has gone on or ended', async () => {
    const run_id = await act().start(workflow([review()]))
    const activity = { path: 'root', step: 'sub', visit: 1, attempt: 1, epoch: 0 }
    const calling = () =>
      act().start(two, { parent: { run_id, activity }, idempotency: { key: 'k', fingerprint: 'f' } })
    await expect(calling()).rejects.toThrow('caller_over')
    await h().engine.cancel(asKey, { run_id, reason: 'Enough' })
    await expect(calling()).rejects.toThrow('caller_over')
    expect(await h().children(run_id)).toEqual([])
  })

  it('branches another run off at a step, with what the steps before it produced', async () => {
    const executed: string[] = []
    h().script = async ({ step, scope, idempotencyKey }) => {
      executed.push(idempotencyKey)
      return done({ [step.id]: scope.roots.runtime?.one ?? 'made' })
    }
    const run_id = await act().start(
      workflow([
        { id: 'one', type: 'call' },
        { id: 'two', type: 'call' },
        { id: 'three', type: 'call' },
      ]),
    )
    await h().settle()
    const forked = await fork(run_id, 'two', { inputs: { extra: 1 } })
    if (!forked.ok) throw new Error(forked.reason)
    await h().settle()
    expect((await act().seen(forked.run_id)).status).toBe('completed')
    expect(await h().outputs(forked.run_id)).toEqual({
      one: { one: 'made' },
      two: { two: 'made' },
      three: { three: 'made' },
    })
    expect(executed.slice(3)).toEqual([`${forked.run_id}:root:two:1:1`, `${forked.run_id}:root:three:1:1`])
    expect((await act().seen(run_id)).status).toBe('completed')
    expect(await fork(run_id, 'none')).toMatchObject({ ok: false, reason: 'unknown_step' })
    expect(await fork('run_none', 'two')).toMatchObject({ ok: false, reason: 'not_found' })
  })

  it('branches off once for one idempotency key, and refuses the key for something else', async () => {
    h().script = async () => done()
    const run_id = await act().start(two)
    await h().settle()
    const idempotency = { key: 'k', fingerprint: 'f' }
    const answers = await Promise.all(Array.from({ length: 8 }, () => fork(run_id, 'two', { idempotency })))
    expect(new Set(answers.map((a) => (a.ok ? a.run_id : a.reason))).size).toBe(1)
    expect(answers.filter((a) => a.ok && !a.replayed)).toHaveLength(1)
    const other = { key: 'k', fingerprint: 'other' }
    expect(await fork(run_id, 'two', { idempotency: other })).toEqual({ ok: false, reason: 'key_reused' })
    expect(await fork(run_id, 'two')).toMatchObject({ ok: true, replayed: false })
  })
}
