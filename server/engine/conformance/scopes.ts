import { expect, it } from 'vitest'
import type { Json } from '#lib/json.ts'
import { ONCE, workflow } from '#lib/workflow/testkit.ts'
import { type Actions, asKey, broken, done, type Harness, MINUTE } from './kit.ts'

const branches = (join: object | string = 'all') =>
  workflow(
    [
      {
        id: 'split',
        type: 'split',
        config: { join },
        blocks: {
          left: [
            { id: 'one', type: 'call' },
            { id: 'two', type: 'call' },
          ],
          right: [{ id: 'three', type: 'call' }],
        },
      },
      { id: 'last', type: 'call' },
    ],
    { outputs: '{{ steps.split.output }}' },
  )

/** Branches, items and delays. */
export function scopesConformance(h: () => Harness, act: () => Actions): void {
  it('plays branches side by side and joins them', async () => {
    h().script = async ({ step }) => done({ by: step.id })
    const run_id = await act().start(branches())
    await h().settle()
    expect((await act().seen(run_id)).status).toBe('completed')
    expect((await h().outputs(run_id)).split).toEqual({
      left: { one: { by: 'one' }, two: { by: 'two' } },
      right: { three: { by: 'three' } },
    })
  })

  it('begins branches that come after a step', async () => {
    h().script = async ({ step }) => done({ by: step.id })
    const call = (id: string) => ({ id, type: 'call' })
    const run_id = await act().start(
      workflow([call('first'), { id: 'split', type: 'split', blocks: { a: [call('one')], b: [call('two')] } }]),
    )
    await h().settle()
    expect((await act().seen(run_id)).status).toBe('completed')
    expect((await h().outputs(run_id)).split).toEqual({ a: { one: { by: 'one' } }, b: { two: { by: 'two' } } })
  })

  it('takes the first branch where any will do, and keeps nothing of the others', async () => {
    h().script = async ({ step }) => (step.id === 'one' ? broken() : done({ by: step.id }))
    const run_id = await act().start(branches({ at_least: 1 }))
    await h().settle()
    expect((await act().seen(run_id)).status).toBe('completed')
    expect((await h().outputs(run_id)).split).toEqual({ right: { three: { by: 'three' } } })
  })

  it('after a failure goes on in the branch that failed, and keeps the good one', async () => {
    let healthy = false
    const executed: string[] = []
    h().script = async ({ step }) => {
      executed.push(step.id)
      return step.id === 'two' && !healthy ? broken() : done({ by: step.id })
    }
    const run_id = await act().start(branches())
    await h().settle()
    expect((await act().seen(run_id)).status).toBe('failed')
    healthy = true
    expect(await h().engine.retry(asKey, { run_id, from_step: null, inputs: null })).toMatchObject({ ok: true })
    await h().settle()
    expect((await act().seen(run_id)).status).toBe('completed')
    // The other branch may have been broken off: then it is done again, with a key of the new epoch.
    expect(executed.filter((step) => step !== 'three')).toEqual(['one', 'two', 'two', 'last'])
    expect((await h().outputs(run_id)).split).toMatchObject({ left: { one: { by: 'one' } }, right: { three: {} } })
  })

  it('answers the waits of two branches each by its own', async () => {
    const run_id = await act().start(
      workflow([
        {
          id: 'split',
          type: 'split',
          blocks: { left: [{ id: 'asked', type: 'ask' }], right: [{ id: 'also', type: 'ask' }] },
        },
      ]),
    )
    await h().settle()
    const { waits } = await act().seen(run_id)
    const idOf = (step: string) => waits.find(({ wait }) => wait.step === step)?.wait_id
    expect(waits).toHaveLength(2)
    await act().submit(run_id, { v: 'second' }, idOf('also'))
    expect((await act().seen(run_id)).waits.map(({ wait }) => wait.step)).toEqual(['asked'])
    await act().submit(run_id, { v: 'first' }, idOf('asked'))
    await h().settle()
    expect((await act().seen(run_id)).status).toBe('completed')
    expect((await h().outputs(run_id)).split).toEqual({
      left: { asked: { v: 'first' } },
      right: { also: { v: 'second' } },
    })
  })

  it('does for each item what is to be done, so many at once, and answers in their order', async () => {
    let under_way = 0
    let most = 0
    h().script = async ({ scope }) => {
      under_way += 1
      most = Math.max(most, under_way)
      await new Promise((next) => setTimeout(next, 5))
      under_way -= 1
      return done({ got: (scope.locals?.order ?? null) as Json })
    }
    const items = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
    const run_id = await act().start(
      workflow([
        {
          id: 'each',
          type: 'each',
          config: { items, as: 'order', at_once: 3 },
          blocks: { item: [{ id: 'send', type: 'call' }] },
        },
      ]),
    )
    await h().settle()
    expect((await act().seen(run_id)).status).toBe('completed')
    expect((await h().outputs(run_id)).each).toEqual(items.map((got) => ({ send: { got } })))
    expect(most).toBeLessThanOrEqual(3)
  })

  it('gives each item a key of its own, the same over its attempts', async () => {
    const keys: string[] = []
    h().script = async ({ idempotencyKey, activity }) => {
      keys.push(idempotencyKey)
      return activity.attempt === 1 ? broken(true) : done()
    }
    const run_id = await act().start(
      workflow([
        {
          id: 'each',
          type: 'each',
          config: { items: [1, 2] },
          blocks: { item: [{ id: 'send', type: 'call', retry: { ...ONCE, max_attempts: 2 } }] },
        },
      ]),
    )
    await h().settle()
    h().clock.advance(MINUTE)
    await h().settle()
    const of = (i: number) => `${run_id}:root/each@0.1/${i}:send:1:0`
    expect(keys.toSorted()).toEqual([of(0), of(0), of(1), of(1)])
  })

  it('rests for a delay, and goes on when it was long over', async () => {
    h().script = async () => done()
    const run_id = await act().start(
      workflow([
        { id: 'rest', type: 'pause', config: { ms: 10 * MINUTE } },
        { id: 'last', type: 'call' },
      ]),
    )
    await h().settle()
    expect((await act().seen(run_id)).status).toBe('waiting')
    h().clock.advance(10 * MINUTE - 1)
    await h().settle()
    expect((await act().seen(run_id)).status).toBe('waiting')
    h().clock.advance(7 * 24 * 60 * MINUTE)
    await h().settle()
    expect((await act().seen(run_id)).status).toBe('completed')
    expect((await h().history(run_id)).filter((event) => event === 'step.completed rest')).toHaveLength(1)
  })

  it('ends all branches with a cancel', async () => {
    const run_id = await act().start(
      workflow([
        {
          id: 'split',
          type: 'split',
          blocks: {
            left: [{ id: 'rest', type: 'pause', config: { ms: MINUTE } }],
            right: [{ id: 'asked', type: 'ask' }],
          },
        },
      ]),
    )
    await h().settle()
    expect(await h().engine.cancel(asKey, { run_id, reason: 'Enough' })).toMatchObject({ ok: true })
    h().clock.advance(MINUTE)
    await h().settle()
    expect((await h().history(run_id)).at(-1)).toBe('run.canceled')
    expect((await act().seen(run_id)).waits).toEqual([])
  })
}
