import { createServer } from 'node:http'
import { newId } from '#lib/ids.ts'
import { stepCatalog } from '#lib/steps/definitions.ts'
import { stepExecutors } from '#lib/steps/executors.ts'
import { systemClock } from '#lib/time.ts'
import { validateWorkflow } from '#lib/workflow/validate.ts'
import type { Database } from '#server/db/client.ts'
import type { Call, Engine } from '#server/engine/port.ts'
import { createPostgresEngine } from '#server/engine/postgres/client/engine.ts'
import { WORK_CHANNEL } from '#server/engine/postgres/notifier.ts'
import { startWorker } from '#server/engine/postgres/worker/worker.ts'
import { createAiPort } from '#server/providers/ai/port.ts'
import { createEgress } from '#server/providers/http/egress.ts'
import { createHttpPort } from '#server/providers/http/http-port.ts'
import { createSchemaValidator } from '#server/schema/validator.ts'
import { type BenchCase, percentile, round } from './bench-case.ts'

const RUNS = 400
const ALONE = 60
const CONCURRENCY = 50
/** start, form, AI claimed and settled, decision, call claimed and settled, mail claimed and done. */
const COMMITS_PER_RUN = 9

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

/** The loop of five steps with the mock model, driven at the engine port; people answer at once. */
export async function loopCase(database: Database): Promise<BenchCase> {
  const outside = createServer((_, response) => response.end('{}'))
  await new Promise<void>((done) => outside.listen(0, '127.0.0.1', done))
  const address = outside.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const { definition, diagnostics } = validateWorkflow(source(`http://127.0.0.1:${address.port}/posts`), stepCatalog)
  if (!definition) throw new Error(diagnostics.map((d) => d.message).join('\n'))

  const { sql } = database
  const options = { sql, clock: systemClock, catalog: stepCatalog, onError: (error: unknown) => console.error(error) }
  const engine = createPostgresEngine(options)
  const schemas = createSchemaValidator()
  const egress = createEgress({ allow: ['127.0.0.1'] })
  const worker = await startWorker({
    ...options,
    id: null,
    concurrency: CONCURRENCY,
    leaseSeconds: 30,
    pollMs: 500,
    drainMs: 1_000,
    ports: {
      executors: stepExecutors,
      ai: createAiPort({
        openaiApiKey: null,
        openaiBaseUrl: null,
        anthropicApiKey: null,
        mockAiSeed: 42,
        mockAiMode: 'success',
      }),
      http: createHttpPort(egress),
      schemas,
      prompts: { get: async () => null },
      secrets: async () => ({}),
      sensitiveConstants: async () => ({}),
      redact: (value) => value,
      child: () => Promise.reject(new Error('no step of these workflows calls another')),
      deliver: async () => ({ ok: true }),
    },
  })
  const listening = await sql.listen(WORK_CHANNEL, () => worker.nudge())
  const workflow_id = newId('workflow')
  await sql`insert into workflows (id, name, version) values (${workflow_id}, 'Loop', 1)`
  await sql`insert into workflow_versions (workflow_id, version, source, definition) values (${workflow_id}, 1, '', ${JSON.stringify(definition)})`
  const input = {
    workflow_id,
    workflow_name: 'Loop',
    workflow_version: 1,
    definition,
    inputs: {},
    static: {},
    profile: NOBODY,
    idempotency: null,
  }

  const one = async (): Promise<void> => {
    const started = await engine.start(CALL, input)
    if (!started.ok) throw new Error(started.reason)
    const { run_id } = started
    await answer(engine, run_id, 'form')
    await answer(engine, run_id, 'approval')
    await until(engine, run_id, (status) => status === 'completed')
  }
  await many(one, 50, CONCURRENCY)
  const alone: number[] = []
  for (let i = 0; i < ALONE; i++) alone.push(await timed(one))
  alone.sort((a, b) => a - b)
  const seconds = (await timed(() => many(one, RUNS, CONCURRENCY))) / 1_000
  const baseline = (await plainCommits(database)) / COMMITS_PER_RUN

  await listening.unlisten()
  await worker.stop()
  await engine.close()
  await schemas.close()
  await egress.close()
  outside.close()
  const value = RUNS / seconds
  return {
    name: 'LOOP',
    value: round(value),
    unit: 'runs/s',
    baseline: round(baseline),
    ratio: round(value / baseline),
    p50: percentile(alone, 0.5),
    p95: percentile(alone, 0.95),
    p99: percentile(alone, 0.99),
    note: `${RUNS} runs, ${CONCURRENCY} at once, ${COMMITS_PER_RUN} commits each; worker and port in one process of ${Math.round(process.memoryUsage().rss / 2 ** 20)} MB`,
  }
}

const NOBODY = { user_id: null, user_email: null, user_role: null, name: null, agent_id: null }
const CALL: Call = {
  actor: { kind: 'apiKey', id: 'key_bench', name: 'bench', role: 'admin', scopes: null, agent_id: null },
  request_id: 'req_bench',
  audit: null,
}
const BY = { via: 'key', id: 'key_bench', label: 'bench' } as const

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
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
}

/** Commits a second of a plain script: one small row each, from as many connections as the pool has. */
async function plainCommits({ sql }: Database): Promise<number> {
  await sql`create table if not exists bench_plain (id bigserial primary key, body jsonb not null)`
  const body = JSON.stringify({ text: 'x'.repeat(400) })
  const total = 4_000
  const ms = await timed(() =>
    many(
      async () => void (await sql`insert into bench_plain (body) values (${body}::text::jsonb)`),
      total,
      CONCURRENCY,
    ),
  )
  return total / (ms / 1_000)
}

async function many(work: () => Promise<void>, total: number, at_once: number): Promise<void> {
  let left = total
  await Promise.all(
    Array.from({ length: at_once }, async () => {
      while (left-- > 0) await work()
    }),
  )
}

async function timed(work: () => Promise<void>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}
