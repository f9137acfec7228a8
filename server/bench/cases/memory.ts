import { execFileSync } from 'node:child_process'
import { createServer } from 'node:http'
import { stepCatalog } from '#lib/steps/definitions.ts'
import { systemClock } from '#lib/time.ts'
import { validateWorkflow } from '#lib/workflow/validate.ts'
import { createPostgresEngine } from '#server/engine/postgres/client/engine.ts'
import { benchCase } from '../bench-case.ts'
import { startWorkerProcess } from '../kit/app.ts'
import type { Measure } from '../kit/bench.ts'
import { many, sleep } from '../kit/measure.ts'
import { CONCURRENCY, publish, startRun } from '../kit/rig.ts'

const RUNS = 400

/** Nine steps that a real worker executes: a model that answers by the mock, calls of a service, and values made of both. */
const source = (url: string) => `name: Work
steps:
${[1, 2, 3]
  .map(
    (n) => `  - id: draft_${n}
    type: ai_generate
    prompt: "Write about speed, ${n}."
    output_key: draft_${n}
    output_schema: {type: object, properties: {title: {type: string}, body: {type: string}}, required: [title, body]}
  - {id: post_${n}, type: api_call, method: PUT, url: "${url}/${n}", body: {title: "{{draft_${n}.title}}"}, output_key: post_${n}}
  - {id: keep_${n}, type: set, output_key: kept_${n}, values: {both: "{{draft_${n}.title}} {{draft_${n}.body}}"}}`,
  )
  .join('\n')}
`

/** Memory of a worker process as people run it, while it executes as many steps at once as it does by default. */
export const memoryCase: Measure = async ({ database: { sql }, url, long }) => {
  const outside = createServer((request, response) => {
    request.resume()
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ ok: true, note: 'a'.repeat(500) }))
  })
  await new Promise<void>((done) => outside.listen(0, '127.0.0.1', done))
  const address = outside.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const { definition, diagnostics } = validateWorkflow(source(`http://127.0.0.1:${address.port}`), stepCatalog)
  if (!definition) throw new Error(diagnostics.map((d) => d.message).join('\n'))
  const engine = createPostgresEngine({ sql, clock: systemClock, catalog: stepCatalog, onError: console.error })
  const workflow = await publish(sql, definition)
  const runs = long ? RUNS * 10 : RUNS
  await many(runs, CONCURRENCY, async () => void (await startRun(engine, workflow, {})))
  const worker = await startWorkerProcess(url, { EGRESS_ALLOW: '127.0.0.1' })
  let most = 0
  try {
    for (;;) {
      const [open] =
        await sql`select 1 from runs where workflow_id = ${workflow.workflow_id} and ended_at is null limit 1`
      most = Math.max(most, residentBytes(worker.pid))
      if (!open) break
      await sleep(50)
    }
    const [failed] =
      await sql`select 1 from runs where workflow_id = ${workflow.workflow_id} and status <> 'completed' limit 1`
    if (failed) throw new Error('a run did not complete')
  } finally {
    await worker.stop()
    await engine.close()
    outside.close()
  }
  const note = `the most that one worker process of the app held while it executed ${runs} runs of nine real steps, ${CONCURRENCY} at once`
  return [benchCase({ name: 'RSS', value: most / 2 ** 20, unit: 'MB', baseline: null, note })]
}

function residentBytes(pid: number): number {
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) * 1_024
}
