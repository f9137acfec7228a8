import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { workflow } from '#lib/workflow/testkit.ts'
import { done, gate } from '../../conformance/kit.ts'
import { openWorkerBench, type WorkerBench } from './worker-testing.ts'

describe('a worker that stops', () => {
  let bench: WorkerBench

  beforeEach(async () => {
    bench = await openWorkerBench()
  })
  afterEach(async () => {
    await bench.close()
    expect(bench.troubles).toEqual([])
  })

  const employ: WorkerBench['employ'] = (script, more) => bench.employ(script, { drainMs: 10_000, ...more })
  const begin = () => bench.begin(workflow(['one', 'two'].map((id) => ({ id, type: 'call' }))))
  const steps = () => bench.sql`select step_id, status, attempt from run_steps order by seq`

  it('finishes the step under way and leaves the next one to others', async () => {
    const begun: string[] = []
    const reached = gate()
    const go = gate()
    const first = await employ(async ({ step }) => {
      begun.push(step.id)
      reached.open()
      await go.opened
      return done()
    })
    const run_id = await begin()
    await reached.opened
    const stopped = first.stop()
    go.open()
    expect(await stopped).toBe(0)
    expect(begun).toEqual(['one'])
    expect(await bench.sql`select owner, payload->'activity'->>'step' as step from work`).toEqual([
      { owner: null, step: 'two' },
    ])
    await employ(async () => done())
    await bench.reaches(run_id, 'completed')
    expect(await steps()).toEqual([
      { step_id: 'one', status: 'completed', attempt: 1 },
      { step_id: 'two', status: 'completed', attempt: 1 },
    ])
  })

  it('holds what it drains for longer than its lease, so that nobody else begins it', async () => {
    const begun: string[] = []
    const reached = gate()
    const first = await employ(
      async ({ step }) => {
        begun.push(`first ${step.id}`)
        reached.open()
        await pause(2_500)
        return done()
      },
      { leaseSeconds: 1 },
    )
    await begin()
    await reached.opened
    await employ(
      async ({ step }) => {
        begun.push(`second ${step.id}`)
        return done()
      },
      { leaseSeconds: 1 },
    )
    await first.stop()
    await expect.poll(() => begun).toEqual(['first one', 'second two'])
  })

  it('breaks off what takes longer when it is told to hurry, and gives it back with the same key', async () => {
    const keys: string[] = []
    const reached = gate()
    const first = await employ(({ signal, idempotencyKey }) => {
      keys.push(idempotencyKey)
      reached.open()
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
    })
    const run_id = await begin()
    await reached.opened
    const hurry = new AbortController()
    const began = performance.now()
    const stopped = first.stop(hurry.signal)
    hurry.abort()
    expect(await stopped).toBe(1)
    expect(performance.now() - began).toBeLessThan(5_000)
    expect(await bench.sql`select owner, tries from work`).toEqual([{ owner: null, tries: 0 }])
    await employ(async ({ idempotencyKey }) => {
      keys.push(idempotencyKey)
      return done()
    })
    await bench.reaches(run_id, 'completed')
    expect(keys.slice(0, 2)).toEqual([`${run_id}:root:one:1:0`, `${run_id}:root:one:1:0`])
    expect((await steps())[0]).toEqual({ step_id: 'one', status: 'completed', attempt: 1 })
  })
})
