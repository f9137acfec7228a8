import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#lib/ids.ts'
import { createProgram } from '#lib/workflow/program.ts'
import { T0, testCatalog, testData, workflow } from '#lib/workflow/testkit.ts'
import { initialState, transition } from '#lib/workflow/transition.ts'
import type { Sql } from '#server/db/client.ts'
import { testDatabase } from '#server/testing/database.ts'
import type { AdvanceInput } from './advance.ts'
import { writeTogether } from './writer.ts'

const definition = workflow([{ id: 'one', type: 'call' }])
const program = createProgram(definition, testCatalog)

function start(more: { key?: string; version?: number; id?: string } = {}): AdvanceInput {
  const run_id = more.id ?? newId('run')
  const data = testData({ run: { id: run_id, workflow_id: 'wf_1', workflow_name: 'Test', workflow_version: 1 } })
  return {
    run_id,
    revision: 0,
    transition: transition(program, initialState(), data, { type: 'start', at: T0 }),
    at: T0,
    request_id: 'req_1',
    audit: null,
    settles: null,
    claimFor: null,
    create: {
      workflow_id: 'wf_1',
      workflow_version: more.version ?? 1,
      workflow_name: 'Test',
      inputs: {},
      static: {},
      profile: data.profile,
      idempotency_key: more.key ?? null,
      fingerprint: more.key ?? null,
      forked_from: null,
      forked_at: null,
      forked_seq: null,
    },
    links: { parent: null, concurrency: null },
  }
}

function canceled(begun: AdvanceInput, revision: number): AdvanceInput {
  const { state, data } = begun.transition
  return {
    ...begun,
    revision,
    create: null,
    transition: transition(program, state, data, { type: 'cancel', reason: 'Enough', at: T0 }),
  }
}

describe('what is written at the same moment', () => {
  let sql: Sql
  let drop: () => Promise<void>
  /** Statements that reached the database, by how many runs each held. */
  const shared: number[] = []
  beforeAll(async () => {
    const { database, drop: end } = await testDatabase()
    drop = end
    const { unsafe } = database.sql
    sql = Object.assign(database.sql, {
      unsafe: ((text: string, values: [string], options: object) => {
        shared.push(JSON.parse(values[0]).length)
        return unsafe.call(database.sql, text, values, options)
      }) as typeof unsafe,
    })
  })
  afterAll(() => drop())
  const counts = async () => {
    const [row] = await sql<{ runs: number; events: number; work: number }[]>`
      select (select count(*)::int from runs) as runs, (select count(*)::int from run_events) as events,
             (select count(*)::int from work) as work`
    return row
  }

  it('shares statements, and each run is answered for itself', async () => {
    const write = writeTogether(sql)
    const starts = Array.from({ length: 40 }, () => start())
    const written = await Promise.all(starts.map(write))
    expect(written.every((answer) => answer.written)).toBe(true)
    expect(shared.length).toBeLessThan(10)
    expect(shared.reduce((a, b) => a + b, 0)).toBe(40)
    expect(await counts()).toEqual({ runs: 40, events: 120, work: 40 })

    // Half of them come from a state that is not the present one.
    const ends = await Promise.all(starts.map((begun, i) => write(canceled(begun, i % 2 ? 1 : 7))))
    expect(ends.map((answer) => answer.written)).toEqual(starts.map((_, i) => i % 2 === 1))
    expect(await counts()).toMatchObject({ events: 160, work: 20 })
    const [row] = await sql<{ n: number }[]>`
      select count(*)::int as n from (select seq, row_number() over (partition by run_id order by id) as place from run_events) as e
      where seq <> place`
    expect(row?.n).toBe(0)
  })

  it('one run’s trouble is no other’s', async () => {
    const write = writeTogether(sql)
    const before = await counts()
    // 2^40 is no number of a version: the whole statement fails with it.
    const results = await Promise.allSettled(
      [start(), start(), start(), start(), start({ version: 2 ** 40 }), start()].map(write),
    )
    expect(results.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
    ])
    expect((await counts())?.runs).toBe((before?.runs ?? 0) + 5)
  })

  it('of two starts under one key one is written', async () => {
    const write = writeTogether(sql)
    const answers = await Promise.all(Array.from({ length: 12 }, () => write(start({ key: 'same' }))))
    expect(answers.filter(({ written }) => written)).toHaveLength(1)
  })

  it('two moves of one run from the same place are one', async () => {
    const write = writeTogether(sql)
    const starts = Array.from({ length: 8 }, () => start())
    await Promise.all(starts.map(write))
    const moves = starts.flatMap((begun) => [canceled(begun, 1), canceled(begun, 1)])
    const answers = await Promise.all(moves.map(write))
    expect(answers.filter(({ written }) => written)).toHaveLength(8)
  })

  it('what was written already is not written again', async () => {
    const write = writeTogether(sql)
    const once = start()
    expect(await write(once)).toMatchObject({ written: true })
    expect(await write(once)).toMatchObject({ written: false })
  })

  it.each([
    ['an older claim of the same worker', { fence: 1, owner: 'wrk_1' }, false],
    ['the claim of another worker', { fence: 2, owner: 'wrk_2' }, false],
    ['the newest claim', { fence: 2, owner: 'wrk_1' }, true],
  ])('a settlement by %s is written only if it holds the work', async (_whose, claim, written) => {
    const write = writeTogether(sql)
    const begun = start()
    await write(begun)
    const [work] = await sql<{ id: string }[]>`
      update work set owner = 'wrk_1', fence = 2 where run_id = ${begun.run_id} returning id`
    const settles = { id: work?.id ?? '', ...claim }
    expect(await write({ ...canceled(begun, 1), settles })).toMatchObject({ written })
  })
})
