import { setTimeout as sleep } from 'node:timers/promises'
import { workflow } from '#lib/workflow/testkit.ts'
import { CALL, publish } from '../setting.ts'
import { atOnce, begin, history, type Table } from './table.ts'

const STEPS = 8

/**
 * Runs are canceled while their steps follow one another. After the answer nothing is added to the history, nothing may be
 * sent any more, and no step begins that had not begun by the history.
 */
export async function cancels(table: Table, rounds: number) {
  const { sql, engine } = table
  const { expect } = table.found
  const steps = Array.from({ length: STEPS }, (_, i) => ({ id: `s${i}`, type: 'call' }))
  const input = await publish(sql, workflow(steps))
  const acknowledged = new Set<string>()
  let refused = 0
  const late: { readonly run_id: string; readonly step: string; readonly sent: boolean }[] = []
  const worker = await table.employ(async ({ step, idempotencyKey, sent }) => {
    const run_id = idempotencyKey.slice(0, idempotencyKey.indexOf(':'))
    const began = acknowledged.has(run_id)
    const keeping = await sent({ step: step.id }).then(
      () => null,
      (error: unknown) => ({ error }),
    )
    if (began) late.push({ run_id, step: step.id, sent: keeping === null })
    if (keeping === null) return { ok: true, output: {}, input: null }
    refused += 1
    throw keeping.error
  })
  let canceled = 0
  let completed = 0
  let pause = 10
  const oneSided = () => canceled === 0 || completed === 0
  try {
    for (let round = 0; round < rounds || (oneSided() && round < rounds * 3); round++) {
      const runs = await atOnce(4, (i) => begin(table, i, input))
      worker.nudge()
      const answers = await Promise.all(
        runs.map(async (run_id, i) => {
          await sleep(pause * (1 + i / 2))
          const answer = await engine(i).cancel(CALL, { run_id, reason: 'a race' })
          if (answer.ok) acknowledged.add(run_id)
          return { answer, facts: (await history(table, run_id)).length }
        }),
      )
      await worker.idle()
      for (const [i, run_id] of runs.entries()) {
        const { answer, facts } = answers[i] ?? { answer: null, facts: 0 }
        const after = await history(table, run_id)
        const end = answer?.ok ? 'run.canceled' : 'run.completed'
        expect(after.at(-1) === end, `${run_id} ended with ${after.at(-1)}, and the cancel was answered ${answer?.ok}`)
        expect(after.length === facts, `I2: ${run_id} went on for ${after.length - facts} facts after its end`)
        if (answer?.ok) canceled += 1
        else completed += 1
      }
      pause *= runs.every((id) => acknowledged.has(id)) ? 1.3 : 0.8
    }
  } finally {
    await worker.stop()
  }
  for (const { run_id, step, sent } of late) {
    expect(!sent, `${step} of ${run_id} was sent after the cancel was answered`)
    const [row] =
      await sql`select 1 from run_events where run_id = ${run_id} and step_id = ${step} and type = 'step.started'`
    expect(row !== undefined, `${step} of ${run_id} began after the cancel was answered`)
  }
  expect(!oneSided(), `invalid: cancels were no race, ${canceled} won and ${completed} lost`)
  return {
    'runs canceled as they flow': canceled + completed,
    canceled,
    'completed before': completed,
    'sends refused': refused,
  }
}
