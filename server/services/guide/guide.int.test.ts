import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { auditLog, guides, users, workflows, workflowVersions } from '#drizzle/schema/index.ts'
import type { GuideTour } from '#lib/contracts/guide.ts'
import { namedPrompts } from '#lib/simulation/stand-ins.ts'
import { stepCatalog } from '#lib/steps/definitions.ts'
import { stepExecutors } from '#lib/steps/executors.ts'
import type { UserActor } from '#server/auth/session.ts'
import { startWorker, type Worker } from '#server/engine/postgres/worker/worker.ts'
import { createAiPort } from '#server/providers/ai/port.ts'
import { type TestApp, testApp } from '#server/testing/app.ts'
import { setUp } from '../accounts/set-up.ts'
import { setupLink } from '../accounts/setup-link.ts'
import { decideApproval } from '../approvals/decide.ts'
import type { ServiceContext } from '../context.ts'
import { submitForm } from '../forms/submit.ts'
import { listOutbox } from '../outbox/list.ts'
import { cancelRun } from '../runs/cancel.ts'
import { startRun } from '../runs/start.ts'
import { key, person, refusal } from '../testing.ts'
import { deleteWorkflow } from '../workflows/delete.ts'
import { getGuide } from './get.ts'
import { dismissGuide, noteSeen } from './note.ts'
import { startGuide } from './start.ts'

describe('the tour of a newcomer', () => {
  let app: TestApp
  let worker: Worker
  let ctx: ServiceContext

  beforeAll(async () => {
    app = await testApp({ LOG_LEVEL: 'silent' })
    worker = await startWorker({
      sql: app.database.sql,
      clock: app.clock,
      catalog: stepCatalog,
      onError: (error) => {
        throw error
      },
      ports: {
        executors: stepExecutors,
        ai: createAiPort({
          openaiApiKey: null,
          openaiBaseUrl: null,
          anthropicApiKey: null,
          mockAiSeed: 42,
          mockAiMode: 'success',
        }),
        http: { request: () => Promise.reject(new Error('the sample calls nobody')) },
        schemas: app.schemas,
        prompts: namedPrompts,
        secrets: async () => ({}),
        sensitiveConstants: async () => ({}),
        redact: (value) => value,
        child: () => Promise.reject(new Error('no step of these workflows calls another')),
        deliver: async () => ({ ok: true }),
      },
      id: null,
      concurrency: 2,
      leaseSeconds: 30,
      pollMs: 20,
      drainMs: 1_000,
    })
    const token = new URL((await setupLink(app)) ?? '').searchParams.get('token') ?? ''
    const input = { token, email: 'Owner@Company.com', name: 'Olga', password: 'a quiet river at dawn' }
    const { user_id } = await setUp({ ctx: app.context(), input })
    const [row] = await app.database.db.select().from(users).where(eq(users.id, user_id))
    if (!row) throw new Error('no owner')
    const owner: UserActor = { kind: 'user', id: row.id, email: row.email, name: row.name, role: row.role }
    ctx = app.context(owner)
  })
  afterAll(async () => {
    await worker.stop()
    await app.drop()
  })

  const tour = async (): Promise<GuideTour> => {
    const found = (await getGuide({ ctx })).tour
    if (found === null) throw new Error('no tour')
    return found
  }
  const step = async () => (await tour()).step
  const run = async () => {
    const { run_id } = await startRun({ ctx, input: { body: { workflow_id: (await tour()).workflow.id }, key: null } })
    return run_id
  }

  it('begins with a sample that set-up saved like any workflow: validated, versioned and in the audit', async () => {
    const { db } = app.database
    const { workflow } = await tour()
    const [saved] = await db.select().from(workflows)
    const [version] = await db.select().from(workflowVersions)
    expect(saved).toMatchObject({ id: workflow.id, version: 1, enabled: true, createdBy: 'owner@company.com' })
    expect(version).toMatchObject({ warnings: [], createdBy: 'owner@company.com' })
    expect(version?.source).toContain('approvers: ["owner@company.com"]')
    const [record] = await db.select().from(auditLog).where(eq(auditLog.action, 'workflow.create'))
    expect(record).toMatchObject({ target: workflow.id, actor: { kind: 'user', email: 'owner@company.com' } })
    expect(await getGuide({ ctx })).toMatchObject({ mock: true, available: true })
  })

  it('goes from the editor over run, form, mail and approval to the timeline, by what really happens', async () => {
    expect(await step()).toBe('editor')
    await noteSeen({ ctx, input: { step: 'editor' } })
    expect(await step()).toBe('run')

    const run_id = await run()
    const { form_wait_id } = await tour()
    expect(await tour()).toMatchObject({ step: 'form', run_id, working: false })
    // Looking ahead counts for nothing.
    await noteSeen({ ctx, input: { step: 'mail' } })
    await noteSeen({ ctx, input: { step: 'timeline' } })
    app.clock.pass(1_000)

    const values = { customer: 'Robin', message: 'Where is my parcel?', tone: 'brief' }
    await submitForm({ ctx, input: { run_id, wait_id: form_wait_id ?? '', answer: { values } } })
    await vi.waitFor(async () => expect(await tour()).toMatchObject({ step: 'mail', working: false }), 10_000)
    const { messages } = await listOutbox({ ctx, input: { run_id } })
    expect(messages).toMatchObject([{ to: 'owner@company.com', kind: 'approval_request' }])
    app.clock.pass(1_000)
    await noteSeen({ ctx, input: { step: 'mail' } })

    const { approval_id } = await tour()
    expect(await step()).toBe('approval')
    await decideApproval({ ctx, input: { id: approval_id ?? '', decision: 'approve', body: {} } })
    await vi.waitFor(async () => expect(await tour()).toMatchObject({ step: 'timeline', working: false }), 10_000)
    app.clock.pass(1_000)
    await noteSeen({ ctx, input: { step: 'timeline' } })
    expect(await step()).toBeNull()
  })

  it('asks for another run where the last one ended undecided', async () => {
    app.clock.pass(1_000)
    await startGuide({ ctx })
    app.clock.pass(1_000)
    await cancelRun({ ctx, input: { id: await run(), body: {} } })
    expect(await tour()).toMatchObject({ step: 'run', stopped: true })
  })

  it('is put away for good, and begun again on the same sample', async () => {
    const { workflow } = await tour()
    await dismissGuide({ ctx })
    expect((await getGuide({ ctx })).tour).toBeNull()
    app.clock.pass(1_000)
    await startGuide({ ctx })
    expect(await tour()).toMatchObject({ workflow, step: 'editor', run_id: null })
  })

  it('ends when the sample is deleted, and makes another only for who asks', async () => {
    const { workflow } = await tour()
    await deleteWorkflow({ ctx, input: { id: workflow.id } })
    expect((await getGuide({ ctx })).tour).toBeNull()
    await startGuide({ ctx })
    expect((await tour()).workflow.id).not.toBe(workflow.id)
  })

  it('makes one sample for who presses twice', async () => {
    const twice = await person(app, 'admin')
    const mine = app.context(twice)
    await Promise.all([1, 2, 3, 4].map(() => startGuide({ ctx: mine })))
    expect(await app.database.db.$count(workflows, eq(workflows.createdBy, twice.email))).toBe(1)
  })

  it('is for people who may read the Outbox; the others have none and cannot begin one', async () => {
    const editor = app.context(await person(app, 'editor'))
    expect(await getGuide({ ctx: editor })).toMatchObject({ tour: null, available: false })
    expect((await refusal(startGuide({ ctx: editor }))).code).toBe('auth.forbidden')
    expect((await refusal(startGuide({ ctx: app.context(await person(app, 'viewer')) }))).code).toBe('auth.forbidden')
    const robot = app.context(key('admin'))
    expect(await getGuide({ ctx: robot })).toMatchObject({ tour: null, available: false })
    expect((await refusal(dismissGuide({ ctx: robot }))).code).toBe('auth.forbidden')
    for (const verb of [getGuide, startGuide, dismissGuide]) {
      expect((await refusal(verb({ ctx: app.context() }))).code).toBe('auth.required')
    }
  })

  it('is everybody’s own: another’s tour and what another runs are not in it', async () => {
    const other = app.context(await person(app, 'admin'))
    await startGuide({ ctx: other })
    const mine = await tour()
    const theirs = (await getGuide({ ctx: other })).tour
    expect(theirs?.workflow.id).not.toBe(mine.workflow.id)
    app.clock.pass(1_000)
    const body = { workflow_id: mine.workflow.id }
    await startRun({ ctx: other, input: { body, key: null } })
    expect(await tour()).toEqual(mine)
  })

  it('changes nobody else’s tour', async () => {
    const other = app.context(await person(app, 'admin'))
    const before = await app.database.db.$count(guides)
    await dismissGuide({ ctx: other })
    await noteSeen({ ctx: other, input: { step: 'editor' } })
    expect(await step()).toBe('editor')
    expect(await app.database.db.$count(guides)).toBe(before)
  })
})
