import { workflow } from '#lib/workflow/testkit.ts'
import { CALL, publish } from '../setting.ts'
import { atOnce, count, type Table } from './table.ts'

/** Uses of one idempotency key at once. */
const USES = 20

/** Every key is used twenty times at once: one run, and everybody is told of that one. */
export async function starts({ sql, engine, found: { expect } }: Table, total: number) {
  const input = await publish(sql, workflow([{ id: 'keep', type: 'keep', config: { value: '1 + 1' } }]))
  const keys = Math.ceil(total / USES)
  let accepted = 0
  let replayed = 0
  for (let k = 0; k < keys; k++) {
    const idempotency = { key: `key-${k}`, fingerprint: 'the same' }
    const answers = await atOnce(USES, (i) => engine(i).start(CALL, { ...input, idempotency }))
    accepted += count(answers, (a) => a.ok && !a.replayed)
    replayed += count(answers, (a) => a.ok && a.replayed)
    const told = new Set(answers.map((a) => (a.ok ? a.run_id : a.reason)))
    expect(told.size === 1, `key-${k} was answered with ${told.size} runs`)
  }
  const [rows] = await sql<
    { n: number }[]
  >`select count(*)::int as n from runs where workflow_id = ${input.workflow_id}`
  const runs = rows?.n ?? 0
  expect(runs === keys, `${runs} runs of ${keys} keys`)
  expect(accepted === keys && replayed === keys * (USES - 1), `${accepted} accepted and ${replayed} replayed`)
  return { starts: keys * USES, keys, 'starts accepted': accepted, 'starts replayed': replayed, 'distinct runs': runs }
}
