import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createRedactor } from '#lib/redact.ts'
import { stepExecutors } from '#lib/steps/executors.ts'
import type { HttpPort } from '#lib/steps/kit.ts'
import { startWorker, type Worker } from '#server/engine/postgres/worker/worker.ts'
import { listRunEvents } from '#server/services/runs/events.ts'
import { secretValues } from '#server/services/settings/resolve.ts'
import { setSecret } from '#server/services/settings/secrets.ts'
import { SYSTEM, type TestApp, testApp } from '#server/testing/app.ts'
import * as approvals from './routes/approvals.ts'
import * as executions from './routes/executions.ts'
import * as outbox from './routes/outbox.ts'
import * as workflows from './routes/workflows.ts'
import { call, keyOf } from './testing.ts'

const SECRET = 'canary-4f1c"é/9b&7'

const YAML = `name: Canary
steps:
  - id: brief
    type: form
    public: true
    fields: [{key: topic, type: string, required: true}]
  - id: publish
    type: api_call
    method: POST
    url: https://api.example.com/posts
    headers: {Authorization: "Bearer {{ secrets.CANARY }}", X-Note: "by {{ secrets.CANARY }}"}
    body: {topic: "{{ topic }}"}
  - id: review
    type: approval
    approvers: [ann@company.com]
    show: {answer: "{{ steps.publish.output }}"}
`

/** What the other side got, and its answer, which gives all of it back. */
const received: string[] = []
const http: HttpPort = {
  async request({ headers }) {
    received.push(JSON.stringify(headers))
    return {
      ok: true,
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id: 7, headers }),
    }
  },
}

const unused = () => Promise.reject(new Error('not used here'))

describe('what nobody may read out of a run', () => {
  let app: TestApp
  let worker: Worker
  let admin: string
  let viewer: string
  let run = ''
  /** What opened the form and what decides the approval. */
  let tokens: readonly string[] = []

  const read = async (endpoint: Parameters<typeof call>[1], key: string, params = {}, query = '') => {
    const answer = await call(app, endpoint, { key, params, query })
    expect([endpoint.path, answer.status]).toEqual([endpoint.path, 200])
    return answer
  }
  const details = async () => (await read(executions.getExecution, admin, { id: run }, '?wait=5')).json

  beforeAll(async () => {
    app = await testApp({ LOG_LEVEL: 'silent' })
    worker = await startWorker({
      sql: app.database.sql,
      clock: app.clock,
      catalog: app.catalog,
      onError: (error) => expect.unreachable(String(error)),
      ports: {
        executors: stepExecutors,
        ai: { generate: unused },
        http,
        schemas: app.schemas,
        prompts: { get: unused },
        secrets: (names) => secretValues(app, names),
        sensitiveConstants: async () => ({}),
        redact: (value, secrets) => createRedactor({ secrets, patterns: false }).json(value),
        child: () => Promise.reject(new Error('no step of these workflows calls another')),
        deliver: async () => ({ ok: true }),
      },
      id: null,
      concurrency: 2,
      leaseSeconds: 30,
      pollMs: 20,
      drainMs: 1_000,
    })
    ;[admin, viewer] = [await keyOf(app, 'admin'), await keyOf(app, 'viewer')]
    await setSecret({ ctx: app.context(SYSTEM), input: { name: 'CANARY', value: SECRET } })
    const { id } = (await call(app, workflows.createWorkflow, { key: admin, body: { yaml: YAML } })).json
    run = (await call(app, executions.startExecution, { key: admin, body: { workflow_id: id } })).json.run_id
    const asked = await details()
    const body = { resume_token: asked.resume_token, inputs: { topic: 'Durable runs' } }
    await call(app, executions.resumeExecution, { key: admin, params: { id: run }, body })
    await vi.waitUntil(async () => (await details()).waiting?.type === 'approval', { timeout: 15_000 })
    const { messages } = (await read(outbox.getOutbox, admin, {}, `?run_id=${run}`)).json
    const [mailed = ''] = messages[0].links.map(({ url }: { url: string }) => new URL(url).pathname.split('/').at(-1))
    const open = await details()
    tokens = [asked.resume_token, asked.waits[0].form.link.split('/f/')[1], open.resume_token, mailed]
  })
  afterAll(async () => {
    await worker.stop()
    await app.drop()
  })

  /** Whatever a reader of runs is told, by the name of where. */
  async function everything(key: string) {
    const waits = (await read(executions.getExecution, key, { id: run })).json.waits
    const ctx = app.context(SYSTEM)
    return {
      export: (await read(executions.exportExecution, key, { id: run })).text,
      history: (await read(executions.getExecutionHistory, key, { id: run })).text,
      context: (await read(executions.getExecutionContext, key, { id: run })).text,
      events: JSON.stringify(await listRunEvents({ ctx, input: { id: run, query: {} } })),
      approval: (await read(approvals.getApproval, key, { id: waits[0].wait_id })).text,
    }
  }

  function expectNone(said: Readonly<Record<string, string>>, canaries: readonly string[]): void {
    for (const [where, text] of Object.entries(said)) {
      expect(text.length, where).toBeGreaterThan(100)
      for (const canary of canaries) expect(text.includes(canary), `${where}: ${canary}`).toBe(false)
    }
  }
  const secretForms = () => [
    SECRET,
    JSON.stringify(SECRET).slice(1, -1),
    encodeURIComponent(SECRET),
    Buffer.from(SECRET).toString('base64'),
    'canary-4f1c',
  ]

  it('is a secret that a step sent', async () => {
    const said = {
      ...(await everything(admin)),
      details: JSON.stringify(await details()),
      outbox: (await read(outbox.getOutbox, admin, {}, `?run_id=${run}`)).text,
    }
    expectNone(said, secretForms())
    expect(received.join()).toContain('canary-4f1c')
    for (const where of ['export', 'history', 'context', 'approval'] as const)
      expect(said[where], where).toContain('[REDACTED:CANARY]')
  })

  it('is a token that answers a wait: not in exports, not in histories, and nowhere for who may only read', async () => {
    expect(tokens).toHaveLength(4)
    for (const token of tokens) expect(token).toMatch(/^\S{20,}$/)
    expectNone(await everything(admin), tokens)
    const read_only = (await read(executions.getExecution, viewer, { id: run })).text
    expectNone({ ...(await everything(viewer)), details: read_only }, tokens)
    // A mail's links are the outbox's purpose, for who may read it; resume tokens are in no mail.
    const mails = (await read(outbox.getOutbox, admin, {}, `?run_id=${run}`)).text
    expectNone({ mails }, tokens.slice(0, 3))
    expect((await call(app, outbox.getOutbox, { key: viewer })).status).toBe(403)
  })
})
