import { readFileSync } from 'node:fs'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { waits } from '#drizzle/schema/index.ts'
import { BLUEPRINTS } from '#lib/blueprints/blueprints.ts'
import { newId } from '#lib/ids.ts'
import type { Json } from '#lib/json.ts'
import { createRedactor } from '#lib/redact.ts'
import { type Played, type PlayOptions, play } from '#lib/simulation/play.ts'
import type { HttpScript } from '#lib/simulation/scripted-http.ts'
import { contextOf } from '#lib/simulation/simulate-run.ts'
import { namedPrompts, standInSecrets } from '#lib/simulation/stand-ins.ts'
import { answerEverything } from '#lib/simulation/testing.ts'
import { attemptsOf, eventsOf, toRunDetail } from '#lib/simulation/to-detail.ts'
import type { SimulationAct } from '#lib/simulation/types.ts'
import { stepCatalog } from '#lib/steps/definitions.ts'
import { stepExecutors } from '#lib/steps/executors.ts'
import { DAY, HOUR } from '#lib/time.ts'
import { applyDefaults } from '#lib/workflow/fields.ts'
import { validateWorkflow } from '#lib/workflow/validate.ts'
import { createAiPort } from '#server/providers/ai/port.ts'
import { getRunContext } from '#server/services/runs/context.ts'
import { getRunDetail } from '#server/services/runs/detail.ts'
import { getRunHistory } from '#server/services/runs/history.ts'
import { type TestApp, testApp } from '#server/testing/app.ts'
import type { Call } from '../port.ts'
import { directoryOf } from './directory.ts'
import { startWorker, type Worker } from './worker/worker.ts'

const SARAH = { kind: 'user', id: 'usr_sarah', email: 'sarah@company.com', name: 'Sarah', role: 'admin' } as const
const CALL: Call = { actor: SARAH, request_id: 'test-run', audit: null }
const STARTED_BY = { id: SARAH.id, email: SARAH.email, name: SARAH.name, role: SARAH.role }

/** Both worlds get the same replies. */
const http: HttpScript = ({ method }) => ({
  status: method === 'POST' ? 201 : 200,
  body: { ok: true, id: 'cms-1', url: 'https://example.com/posts/1' },
})

const fixture = (name: string) =>
  readFileSync(new URL(`../../../lib/workflow/fixtures/${name}.yaml`, import.meta.url), 'utf8')
const DELAYS = `name: Patience
steps:
  - {id: rest, type: delay, for: 90m}
  - {id: over, type: delay, until: 2020-01-01}
  - {id: review, type: approval, approvers: [manager@company.com], timeout: 2d, on_timeout: approve}
  - {id: later, type: delay, until: "default(due, now())"}
`
const WORKFLOWS: readonly (readonly [name: string, text: string])[] = [
  ...['config-style', 'content-draft-flow', 'review-loop', 'routing', 'short-style'].map(
    (name) => [name, fixture(name)] as const,
  ),
  ...BLUEPRINTS.map(({ id, yaml }) => [id, yaml] as const),
  ['delays', DELAYS],
]

describe('a simulated run and the Postgres engine', () => {
  let app: TestApp
  let worker: Worker
  const troubles: unknown[] = []

  beforeAll(async () => {
    app = await testApp()
    worker = await startWorker({
      sql: app.database.sql,
      clock: app.clock,
      catalog: stepCatalog,
      onError: (error) => troubles.push(error),
      ports: {
        executors: stepExecutors,
        ai: createAiPort({
          openaiApiKey: null,
          openaiBaseUrl: null,
          anthropicApiKey: null,
          mockAiSeed: 42,
          mockAiMode: 'success',
        }),
        http: {
          request: async ({ method, url, headers, body }) => {
            const reply = http({ step: '', method, url, headers, body })
            const type = { 'content-type': 'application/json' }
            return { ok: true, status: reply?.status ?? 0, headers: type, body: JSON.stringify(reply?.body) }
          },
        },
        schemas: app.schemas,
        prompts: namedPrompts,
        secrets: async (names) => standInSecrets(names),
        sensitiveConstants: async () => ({}),
        redact: (value, secrets) => createRedactor({ secrets, patterns: false }).json(value),
        child: () => Promise.reject(new Error('no step of these workflows calls another')),
        deliver: async () => ({ ok: true }),
      },
      id: null,
      concurrency: 4,
      leaseSeconds: 30,
      pollMs: 20,
      drainMs: 1_000,
    })
  })
  afterAll(async () => {
    await worker.stop()
    await app.drop()
    expect(troubles).toEqual([])
  })

  /** The same script on the other engine. */
  async function replay(played: Played, options: PlayOptions) {
    const { sql, db } = app.database
    const { definition } = played
    const workflow_id = newId('workflow')
    await sql`insert into workflows (id, name, version) values (${workflow_id}, ${definition.name}, 1)`
    await sql`insert into workflow_versions (workflow_id, version, source, definition)
      values (${workflow_id}, 1, ${options.text}, ${JSON.stringify(definition)})`
    const { data } = played.run
    const started = await app.engine.start(CALL, {
      workflow_id,
      workflow_name: definition.name,
      workflow_version: 1,
      definition,
      inputs: data.inputs,
      static: data.static,
      profile: data.profile,
      idempotency: null,
    })
    if (!started.ok) throw new Error(started.reason)
    const { run_id } = started
    await passUntilRests(run_id)
    for (const act of options.acts) {
      await perform(run_id, act, db)
      await passUntilRests(run_id)
    }
    const ctx = app.context(SARAH)
    return {
      run: await getRunDetail({ ctx, input: { id: run_id } }),
      history: await getRunHistory({ ctx, input: { id: run_id } }),
      context: await getRunContext({ ctx, input: { id: run_id, query: {} } }),
      mails: await sql<
        { kind: string; to: string }[]
      >`select kind, "to" from messages where run_id = ${run_id} order by id`,
    }
  }

  async function perform(run_id: string, act: SimulationAct, db: TestApp['database']['db']): Promise<void> {
    if (act.do === 'wait') return pass(run_id, act.ms)
    if (act.do === 'cancel') return void (await app.engine.cancel(CALL, { run_id, reason: act.reason }))
    if (act.do === 'retry') {
      return void (await app.engine.retry(CALL, { run_id, from_step: act.from_step, inputs: act.inputs }))
    }
    const open = (await app.engine.describe(run_id))?.waits.find(({ wait }) => wait.step === act.step)
    if (!open) throw new Error(`nothing is open at ${act.step}`)
    const [row] = await db.select().from(waits).where(eq(waits.id, open.wait_id))
    const base = { run_id, wait_id: open.wait_id, generation: null }
    const answer =
      act.do === 'submit'
        ? await app.engine.signal(CALL, {
            ...base,
            kind: 'form',
            values: row?.opening.kind === 'form' ? applyDefaults(row.opening.fields, act.values) : act.values,
            by: { via: 'app', id: 'person', label: SARAH.email },
          })
        : await app.engine.signal(CALL, {
            ...base,
            kind: 'approval',
            decision: act.decision,
            comment: act.comment,
            approver: act.approver,
            by: { via: 'app', id: act.approver, label: act.approver },
          })
    if (!answer.ok) throw new Error(answer.reason)
  }

  /** Timers fire at their own time here too, so that both histories say the same. */
  async function pass(run_id: string, ms: number): Promise<void> {
    const end = app.clock.now().getTime() + ms
    await worker.idle()
    for (let due = await nextTimer(run_id); due !== null && due <= end; due = await nextTimer(run_id)) {
      app.clock.pass(Math.max(0, due - app.clock.now().getTime()))
      await worker.idle()
    }
    app.clock.pass(Math.max(0, end - app.clock.now().getTime()))
  }

  async function passUntilRests(run_id: string): Promise<void> {
    await worker.idle()
    while ((await app.engine.describe(run_id))?.status === 'running') {
      const due = await nextTimer(run_id)
      if (due === null) return
      app.clock.pass(Math.max(0, due - app.clock.now().getTime()))
      await worker.idle()
    }
  }

  async function nextTimer(run_id: string): Promise<number | null> {
    const dues = Object.values((await app.engine.describe(run_id))?.state.timers ?? {}).map(({ due }) =>
      Date.parse(due),
    )
    return dues.length === 0 ? null : Math.min(...dues)
  }

  const cases = WORKFLOWS.flatMap(([name, text]) =>
    (['approve', 'reject', 'revise', 'silence', 'cancel'] as const).map((way) => [name, way, text] as const),
  )

  it.each(cases)('%s, answered with %s, tell the same story', async (_, way, text) => {
    const decision = way === 'approve' || way === 'reject' || way === 'revise' ? way : 'approve'
    const people = directoryOf([])
    const definition = asStored(validateWorkflow(text, stepCatalog).definition ?? undefined)
    const full = await answerEverything({ text, definition, decision, people, http, startedBy: STARTED_BY })
    const acts: SimulationAct[] =
      way === 'silence'
        ? [{ do: 'wait', ms: 40 * DAY }]
        : way === 'cancel'
          ? [...full.acts.slice(0, 2), { do: 'wait', ms: HOUR }, { do: 'cancel', reason: 'enough' }]
          : full.problem
            ? full.acts.slice(0, full.problem.act)
            : full.acts
    const options: PlayOptions = {
      text,
      definition,
      inputs: full.run.inputs,
      acts,
      people,
      http,
      startedBy: STARTED_BY,
    }
    const played = await play({ ...options, startsAt: app.clock.now().toISOString() })
    if (played.problem && way === 'cancel') return
    expect(played.problem).toBeNull()
    const real = await replay(played, options)
    // Nothing branches off a run that is not kept.
    expect(plain(toRunDetail(played))).toEqual(plain({ ...real.run, can: { ...real.run.can, fork: false } }))
    expect(plain({ steps: attemptsOf(played.run), events: eventsOf(played.run) })).toEqual(plain(real.history))
    expect(plain(contextOf(played))).toEqual(plain(real.context))
    expect(played.run.messages.map(({ message: { kind, to } }) => ({ kind, to }))).toEqual([...real.mails])
  })
})

/** A database orders the keys of objects by its own rule, and a prompt that holds a schema shows it. */
function asStored<T>(value: T): T {
  const order = (item: unknown): unknown => {
    if (Array.isArray(item)) return item.map(order)
    if (typeof item !== 'object' || item === null) return item
    const entries = Object.entries(item).toSorted(([a], [b]) => a.length - b.length || (a < b ? -1 : 1))
    return Object.fromEntries(entries.map(([key, inner]) => [key, order(inner)]))
  }
  return order(value) as T
}

/** Ids, times and latencies are each world's own. */
const OWN = /^(id|run_id|wait_id|workflow_id|resume_token|at|.*_at|duration_ms|latency_ms|link|until)$/

function plain(value: unknown): unknown {
  const json = JSON.parse(JSON.stringify(value)) as Json
  const walk = (item: Json): Json => {
    if (typeof item === 'string') return item.replaceAll(/run_[a-z0-9]+/g, 'run')
    if (Array.isArray(item)) return item.map(walk)
    if (typeof item !== 'object' || item === null) return item
    return Object.fromEntries(
      Object.entries(item).flatMap(([key, inner]) => (OWN.test(key) ? [] : [[key, walk(inner)]])),
    )
  }
  return walk(json)
}
