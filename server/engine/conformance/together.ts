import { expect, it } from 'vitest'
import type { WorkflowDefinition } from '#lib/workflow/definition.ts'
import { ONCE, workflow } from '#lib/workflow/testkit.ts'
import { type Actions, asKey, broken, done, type Harness, MINUTE, PROFILE, review } from './kit.ts'

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

  it('lets only so many runs of a key be under way, the oldest first', async () => {
    h().script = async () => done()
    const definition = workflow([review(), { id: 'last', type: 'call' }])
    const limited = { concurrency: { key: 'wf:a', max: 2 } }
    const ids = [
      await act().start(definition, limited),
      await act().start(definition, limited),
      await act().start(definition, limited),
    ]
    const other = await act().start(definition, { concurrency: { key: 'wf:b', max: 2 } })
    await h().settle()
    const statuses = async () => Promise.all([...ids, other].map(async (id) => (await act().seen(id)).status))
    expect(await statuses()).toEqual(['waiting', 'waiting', 'queued', 'waiting'])
    await act().decide(ids[1] ?? '', 'approve')
    await h().settle()
    expect(await statuses()).toEqual(['waiting', 'completed', 'waiting', 'waiting'])
  })

  it('lets the next begin when one is canceled, and forgets one that was canceled in the queue', async () => {
    const definition = workflow([review()])
    const limited = { concurrency: { key: 'wf:a', max: 1 } }
    const first = await act().start(definition, limited)
    const second = await act().start(definition, limited)
    const third = await act().start(definition, limited)
    await h().settle()
    await h().engine.cancel(asKey, { run_id: second, reason: 'Enough' })
    await h().engine.cancel(asKey, { run_id: first, reason: 'Enough' })
    await h().settle()
    expect((await act().seen(second)).status).toBe('canceled')
    expect((await act().seen(third)).status).toBe('waiting')
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
    const forked = await h().engine.fork(asKey, { run_id, from_step: 'two', inputs: { extra: 1 }, profile: PROFILE })
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
    expect(await h().engine.fork(asKey, { run_id, from_step: 'none', inputs: null, profile: PROFILE })).toMatchObject({
      ok: false,
      reason: 'unknown_step',
    })
  })
}
