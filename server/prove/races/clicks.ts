import { workflow } from '#lib/workflow/testkit.ts'
import { CALL, publish, SOMEBODY } from '../setting.ts'
import { atOnce, begin, count, history, type Table } from './table.ts'

const CLICKS = 10
const ONE_STEP = workflow([{ id: 'one', type: 'call' }])

/** A failed run is retried ten times at once: one epoch begins. */
export async function retries(table: Table, rounds: number) {
  const { engine, found } = table
  const error = { code: 'http.status', message: 'It answered 500.', retryable: false, retry_after_ms: null }
  const runs = await prepared(table, rounds, async () => ({ ok: false, error, input: null }))
  let accepted = 0
  for (const run_id of runs) {
    const answers = await atOnce(CLICKS, (i) => engine(i).retry(CALL, { run_id, from_step: null, inputs: null }))
    accepted += count(answers, ({ ok }) => ok)
    const losers = count(answers, (a) => !a.ok && a.reason === 'wrong_state')
    found.expect(losers === CLICKS - 1, `${losers} of ${CLICKS - 1} were told that the run goes on already`)
    const state = (await engine(0).describe(run_id))?.state
    const begun = (await history(table, run_id)).filter((fact) => fact === 'run.reopened').length
    found.expect(state?.epoch === 1 && begun === 1, `I2: ${run_id} is in epoch ${state?.epoch} after ${begun} retries`)
  }
  found.expect(accepted === rounds, `${accepted} retries of ${rounds} runs were accepted`)
  return { [`runs retried ${CLICKS} times at once`]: rounds, 'epochs begun': accepted }
}

/** A run is branched off ten times at once under one key: one run comes of it. */
export async function forks(table: Table, rounds: number) {
  const { sql, engine, found } = table
  const runs = await prepared(table, rounds, async () => ({ ok: true, output: {}, input: null }))
  let made = 0
  for (const run_id of runs) {
    const idempotency = { key: `fork of ${run_id}`, fingerprint: 'the same' }
    const { profile } = await publish(sql, ONE_STEP)
    const answers = await atOnce(CLICKS, (i) =>
      engine(i).fork(CALL, { run_id, from_step: 'one', inputs: null, profile, idempotency }),
    )
    const told = new Set(answers.map((a) => (a.ok ? a.run_id : a.reason)))
    const [rows] = await sql<{ n: number }[]>`select count(*)::int as n from runs where forked_from = ${run_id}`
    found.expect(told.size === 1 && rows?.n === 1, `${rows?.n} runs branched off ${run_id}, ${told.size} were answered`)
    made += rows?.n ?? 0
  }
  return { [`runs branched off ${CLICKS} times at once`]: rounds, 'runs made': made }
}

/** Somebody says ten times at once what became of an effect, in two ways: one is taken. */
export async function resolutions(table: Table, rounds: number) {
  const { sql, engine, found } = table
  const runs = await prepared(table, rounds, async ({ idempotencyKey, sent }) => {
    await sent({ method: 'POST' })
    // As the sweep does: this worker is lost with the answer, and the row is free.
    await sql`update work set owner = null where kind = 'step' and key like ${`${idempotencyKey}:%`}`
    return { ok: true, output: {}, input: null }
  })
  let taken = 0
  for (const run_id of runs) {
    const effect = `${run_id}:root:one:1:0`
    const answers = await atOnce(CLICKS, (i) =>
      engine(i).resolve(CALL, {
        run_id,
        effect,
        resolution: i % 4 < 2 ? { do: 'done', result: { by: i } } : { do: 'fail', reason: `person ${i}` },
        by: SOMEBODY,
      }),
    )
    taken += count(answers, ({ ok }) => ok)
    const winner = answers.findIndex(({ ok }) => ok)
    const facts = await history(table, run_id)
    const resolved = facts.filter((fact) => fact === 'step.resolved').length
    found.expect(resolved === 1, `I4: the effect of ${run_id} was resolved ${resolved} times`)
    const end = winner % 4 < 2 ? 'run.completed' : 'run.failed'
    found.expect(facts.at(-1) === end, `I4: ${run_id} ended with ${facts.at(-1)}, what was taken means ${end}`)
  }
  found.expect(taken === rounds, `${taken} answers of ${rounds} effects were taken`)
  return { [`unknown effects resolved ${CLICKS} times at once`]: rounds, 'answers taken': taken }
}

/** Runs of one step, as far as they come without anybody; nobody works on them any more. */
async function prepared(table: Table, n: number, call: Parameters<Table['employ']>[0]): Promise<readonly string[]> {
  const input = await publish(table.sql, ONE_STEP)
  const worker = await table.employ(call)
  try {
    const runs = await atOnce(n, (i) => begin(table, i, input))
    await worker.idle()
    return runs
  } finally {
    await worker.stop()
  }
}
