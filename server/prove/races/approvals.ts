import { workflow } from '#lib/workflow/testkit.ts'
import { CALL, publish } from '../setting.ts'
import { atOnce, beginWaiting, count, type Table } from './table.ts'

/** 50 approve and 50 reject one approval at once: one is recorded and has its effect, 99 learn who it was. */
export async function approvals(table: Table, rounds: number) {
  const { sql, engine } = table
  const { expect } = table.found
  const gate = { id: 'gate', type: 'gate', config: { approvers: [{ email: 'manager@company.com' }] } }
  const input = await publish(sql, workflow([gate]))
  let accepted = 0
  let told = 0
  let decisions = 0
  for (let round = 0; round < rounds; round++) {
    const { run_id, wait_id } = await beginWaiting(table, round, input)
    const answers = await atOnce(100, (i) =>
      engine(i).signal(CALL, {
        kind: 'approval',
        run_id,
        wait_id,
        generation: null,
        decision: i % 4 < 2 ? 'approve' : 'reject',
        comment: '',
        approver: null,
        by: { via: 'key', id: `key_${i}`, label: `person ${i}` },
      }),
    )
    const winner = answers.findIndex(({ ok }) => ok)
    accepted += count(answers, ({ ok }) => ok)
    told += count(answers, (a) => !a.ok && a.reason === 'decided' && a.decided?.by === `person ${winner}`)
    const rows = await sql<
      { decision: string; by: string }[]
    >`select decision, by->>'label' as by from approval_decisions where run_id = ${run_id}`
    decisions += rows.length
    const [recorded] = rows
    expect(recorded?.by === `person ${winner}`, `I4: ${recorded?.by} is recorded, person ${winner} was told so`)
    const status = (await engine(0).describe(run_id))?.status
    const effective = winner % 4 < 2 ? 'completed' : 'failed'
    expect(status === effective, `I4: the run is ${status}, the recorded decision means ${effective}`)
  }
  expect(accepted === rounds && decisions === rounds, `I4: ${accepted} accepted, ${decisions} recorded of ${rounds}`)
  expect(told === rounds * 99, `I4: ${told} of ${rounds * 99} losers were told who decided`)
  return { 'approvals raced by 50 + 50': rounds, accepted, decisions, 'losers told who decided': told }
}
