import { expect, it } from 'vitest'
import { testDatabase } from '#server/testing/database.ts'
import { type Head, statementFor } from './advance-sql.ts'

const MANY = 20_000

const ONLY_OF_THE_OTHER = { create: 'sent', move: 'fork' } as const

/** The planner cannot know how few rows a document holds, and would rather read a table once than look up thousands of rows. */
it('reads no table as a whole, however many runs there are', async () => {
  const { database, drop } = await testDatabase()
  const { sql } = database
  const seed = (table: string, columns: string, values: string) =>
    sql.unsafe(`insert into ${table} (${columns}) select ${values} from generate_series(1, ${MANY}) as g`)
  await seed(
    'runs',
    'id, workflow_id, workflow_version, workflow_name, status, state, revision, epoch, inputs, static, profile, request_id, created_at, updated_at',
    `'run_' || g, 'wf', 1, 'n', 'completed', '{}', 1, 0, '{}', '{}', '{}', 'r', now(), now()`,
  )
  await seed(
    'run_steps',
    'run_id, epoch, path, step_id, visit, attempt, type, status, seq, started_at',
    `'run_' || g, 0, 'root', 's', 1, 1, 'call', 'completed', 1, now()`,
  )
  await seed('work', 'id, kind, run_id, key, due, payload', `'w' || g, 'timer', 'run_' || g, 'k', now(), '{}'`)
  await seed(
    'waits',
    'id, run_id, key, kind, step_id, path, wait, opening, opened_at',
    `'x' || g, 'run_' || g, 'k', 'form', 's', 'root', '{}', '{}', now()`,
  )
  await seed('wait_approvers', 'wait_id, approver, email', `'x' || g, 'a1', 'e'`)
  await seed(
    'effects',
    'work_id, run_id, step_id, path, attempt, key, worker, fence, sent_at, evidence',
    `'w' || g, 'run_' || g, 's', 'root', 1, 'k', 'wrk', 1, now(), '{}'`,
  )
  await sql.unsafe('analyze')
  const heads: readonly Head[] = ['create', 'move']
  const statements = heads.flatMap((head) =>
    [true, false].map((all) => statementFor(head, (group) => all && group !== ONLY_OF_THE_OTHER[head])),
  )
  for (const { text, lists } of statements) {
    const plan = await sql.begin(async (tx) => {
      await tx.unsafe('set local plan_cache_mode = force_generic_plan')
      await tx.unsafe(`prepare advance(${lists.map(() => 'text').join()}) as ${text}`)
      const lines = await tx.unsafe<{ 'QUERY PLAN': string }[]>(
        `explain execute advance(${lists.map(() => `'[]'`).join()})`,
      )
      await tx.unsafe('deallocate advance')
      return lines.map((line) => line['QUERY PLAN'].trim())
    })
    expect(plan.filter((line) => line.includes('Seq Scan on'))).toEqual([])
    expect(plan.some((line) => line.includes('work_pkey'))).toBe(true)
  }
  await drop()
})
