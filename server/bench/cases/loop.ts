import { createServer } from 'node:http'
import { stepCatalog } from '#lib/steps/definitions.ts'
import { stepExecutors } from '#lib/steps/executors.ts'
import { validateWorkflow } from '#lib/workflow/validate.ts'
import type { Engine } from '#server/engine/port.ts'
import { testPorts } from '#server/engine/postgres/worker/testing.ts'
import { createAiPort } from '#server/providers/ai/port.ts'
import { createEgress } from '#server/providers/http/egress.ts'
import { createHttpPort } from '#server/providers/http/http-port.ts'
import { createSchemaValidator } from '#server/schema/validator.ts'
import { benchCase } from '../bench-case.ts'
import type { Measure } from '../kit/bench.ts'
import { many, paired, sleep, timed } from '../kit/measure.ts'
import { plainScript } from '../kit/plain.ts'
import { BY, CALL, CONCURRENCY, createRig } from '../kit/rig.ts'

const RUNS = 150
const ALONE = 60
const ROUNDS = 3

const source = (url: string) => `name: Loop
steps:
  - {id: brief, type: form, fields: [{key: topic, type: text, required: true}]}
  - id: draft
    type: ai_generate
    prompt: "Write about {{topic}}."
    output_schema: {type: object, properties: {title: {type: string}, score: {type: number}}, required: [title, score]}
  - {id: check, type: conditional, condition: "score > -1", if_true: review, if_false: review}
  - {id: review, type: approval, approvers: [manager@company.com]}
  - {id: publish, type: api_call, method: POST, url: "${url}", body: {title: "{{title}}"}}
`

/** The loop of five real steps with the mock model, driven at the engine port; people answer at once. */
export const loopCase: Measure = async ({ database, long }) => {
  const outside = createServer((_, response) => response.end('{}'))
  await new Promise<void>((done) => outside.listen(0, '127.0.0.1', done))
  const address = outside.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const { definition, diagnostics } = validateWorkflow(source(`http://127.0.0.1:${address.port}/posts`), stepCatalog)
  if (!definition) throw new Error(diagnostics.map((d) => d.message).join('\n'))

  const { sql } = database
  const schemas = createSchemaValidator()
  const egress = createEgress({ allow: ['127.0.0.1'] })
  const ai = createAiPort({
    openaiApiKey: null,
    openaiBaseUrl: null,
    anthropicApiKey: null,
    mockAiSeed: 42,
    mockAiMode: 'success',
  })
  const ports = { ...testPorts, executors: stepExecutors, ai, http: createHttpPort(egress), schemas }
  const rig = await createRig({ sql, catalog: stepCatalog, ports })
  try {
    const workflow = await rig.publish(definition)
    const one = async (): Promise<string> => {
      const run_id = await rig.start(workflow)
      await answer(rig.engine, run_id, 'form')
      await answer(rig.engine, run_id, 'approval')
      await rig.ended(run_id)
      return run_id
    }
    const script = await plainScript(sql, await one())
    const ours = async () => void (await one())
    await many(CONCURRENCY, CONCURRENCY, ours)
    await many(CONCURRENCY, CONCURRENCY, script.run)
    const times: number[] = []
    for (let i = 0; i < ALONE; i++) times.push(await timed(ours))
    const rate = (work: () => Promise<void>) => async () =>
      RUNS / ((await timed(() => many(RUNS, CONCURRENCY, work))) / 1_000)
    const measured = await paired(long ? ROUNDS * 5 : ROUNDS, rate(ours), rate(script.run))
    const note = `form, AI, condition, approval, call; ${CONCURRENCY} at once; baseline: run, step and event rows by a script, ${script.commits} commits a run; ms of one run alone`
    return [benchCase({ name: 'LOOP', ...measured, unit: 'runs/s', times, note })]
  } finally {
    await rig.close()
    await schemas.close()
    await egress.close()
    outside.close()
  }
}

async function answer(engine: Engine, run_id: string, kind: 'form' | 'approval'): Promise<void> {
  const run = await until(engine, run_id, (_, open) => open === kind)
  const wait_id = run.waits[0]?.wait_id ?? ''
  const common = { run_id, wait_id, generation: null, by: BY }
  const said = await engine.signal(
    CALL,
    kind === 'form'
      ? { kind, ...common, values: { topic: 'speed' } }
      : { kind, ...common, decision: 'approve', comment: '', approver: null },
  )
  if (!said.ok) throw new Error(said.reason)
}

/** Looks until the run is there: the driver's own cost, paid by the same database. */
async function until(engine: Engine, run_id: string, there: (status: string, open: string | undefined) => boolean) {
  for (;;) {
    const run = await engine.describe(run_id)
    if (run && there(run.status, run.waits[0]?.wait.kind)) return run
    if (run?.status === 'failed') throw new Error(run.state.error?.message)
    await sleep(2)
  }
}
