import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { claim } from './claim.ts'
import type { WorkerContext } from './parts.ts'
import { runMessage } from './run-message.ts'
import { sendingOf } from './sending.ts'
import { openWorkerBench, type WorkerBench } from './worker-testing.ts'

describe('a mail', () => {
  let bench: WorkerBench
  let now: number
  beforeEach(async () => {
    now = 0
    bench = await openWorkerBench()
    await bench.sql`
      insert into messages (id, kind, "to", data, status, created_at)
      values ('msg_1', 'invite', 'ana@company.com', '{}', 'queued', now())`
    await bench.sql`
      insert into work (id, kind, key, due, payload)
      values ('w_1', 'message', 'msg_1', now(), '{"message_id": "msg_1"}')`
  })
  afterEach(() => bench.close())

  const context = () =>
    bench.context(
      () => Promise.reject(new Error('there is no step')),
      () => now,
    )

  /** Claims the mail, whoever held it. */
  async function taken({ parts, lease }: WorkerContext) {
    await bench.sql`update work set owner = null`
    const [work] = await claim(parts.sql, lease.owner, new Date(Date.now() + 60_000), 1)
    if (!work) throw new Error('nothing is due')
    return work
  }
  const stored = () => bench.sql`select sending, repeats from messages`

  it('that is held by a worker which was paused past its lease is given back unsent', async () => {
    const worker = await context()
    const work = await taken(worker)
    now = 31_000
    let delivered = 0
    const deliver = async () => {
      delivered++
      return { ok: true } as const
    }
    await runMessage({ ...worker, ports: { ...worker.ports, deliver } }, work)
    expect(delivered).toBe(0)
    expect(await bench.sql`select owner from work`).toEqual([{ owner: null }])
  })

  it('is marked by whoever holds it and by nobody who held it before', async () => {
    const [first, second] = [await context(), await context()]
    const before = sendingOf(first, await taken(first), 'msg_1')
    const work = await taken(second)
    await expect(before.sent()).rejects.toThrow('no longer')
    expect(before.withheld()).toBe(true)
    expect(await stored()).toEqual([{ sending: null, repeats: 0 }])
    await sendingOf(second, work, 'msg_1').sent()
    expect(await stored()).toEqual([{ sending: work.fence, repeats: 0 }])
  })

  it('counts a mark over the mark of an earlier claim, and not the same statement twice', async () => {
    const worker = await context()
    const first = sendingOf(worker, await taken(worker), 'msg_1')
    await first.sent()
    await first.sent()
    expect(await stored()).toMatchObject([{ repeats: 0 }])
    const work = await taken(worker)
    const second = sendingOf(worker, work, 'msg_1')
    await second.sent()
    expect(await stored()).toEqual([{ sending: work.fence, repeats: 1 }])
    // The first one hears of a refusal only now: that says nothing of the second.
    await first.undo()
    expect(await stored()).toEqual([{ sending: work.fence, repeats: 1 }])
    await second.undo()
    expect(await stored()).toEqual([{ sending: null, repeats: 1 }])
  })

  it('is withheld by a worker whose lease ended while it marked', async () => {
    const worker = await context()
    const sending = sendingOf(worker, await taken(worker), 'msg_1')
    now = 31_000
    await expect(sending.sent()).rejects.toThrow('no longer')
    expect(sending.withheld()).toBe(true)
  })

  it('that somebody has sent meanwhile is not sent again', async () => {
    const worker = await context()
    const sending = sendingOf(worker, await taken(worker), 'msg_1')
    await bench.sql`update messages set status = 'sent'`
    await expect(sending.sent()).rejects.toThrow('no longer')
    expect(sending.withheld()).toBe(true)
  })
})
