import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { apiKeys, auditLog, runs } from '#drizzle/schema/index.ts'
import type { RunFork } from '#lib/contracts/run-acts.ts'
import { type TestApp, testApp } from '#server/testing/app.ts'
import type { ServiceContext } from '../context.ts'
import { begin, FORM, INPUTS, key, person, publish, refusal } from '../testing.ts'
import { deleteWorkflow } from '../workflows/delete.ts'
import { setWorkflowEnabled } from '../workflows/set-enabled.ts'
import { forkRun } from './fork.ts'
import { getRun } from './get.ts'
import { resumeRun } from './resume.ts'
import { startRun } from './start.ts'

let app: TestApp
let ctx: ServiceContext

beforeAll(async () => {
  app = await testApp({ LOG_LEVEL: 'silent' })
  ctx = app.context(await person(app, 'editor', 'ed@company.com'))
})
afterAll(() => app.drop())

const fork = (id: string, body: RunFork, by = ctx, key: string | null = null) =>
  forkRun({ ctx: by, input: { id, body, key } })
const read = (id: string) => getRun({ ctx, input: { id, query: {} } })

/** A run whose form was answered. */
async function answered(topic: string) {
  const run = await begin(ctx, FORM)
  await resumeRun({ ctx, input: { id: run.run_id, body: { resume_token: run.resume_token ?? '', inputs: { topic } } } })
  return run
}

describe('branching off', () => {
  it('starts another run from a step, with what was produced before it', async () => {
    const run = await answered('Tea')
    const other = app.context(await person(app, 'editor', 'other@company.com'))
    const started = await fork(run.run_id, { from_step: 'labels' }, other)
    expect(started.status).toBe('completed')
    expect(started.run_id).not.toBe(run.run_id)
    expect(await read(started.run_id)).toMatchObject({
      forked_from: { run_id: run.run_id, step_id: 'labels' },
      started_by: 'other@company.com',
      parent: null,
    })
    expect(await read(run.run_id)).toMatchObject({
      status: 'completed',
      forked_from: null,
      started_by: 'ed@company.com',
    })
    const [audit] = await app.database.db.select().from(auditLog).where(eq(auditLog.target, started.run_id))
    expect(audit).toMatchObject({
      action: 'run.fork',
      detail: { forked_from: run.run_id, from_step: 'labels' },
      actor: { kind: 'user', email: 'other@company.com' },
    })
  })

  it('asks people again from where it begins, while the first run waits on', async () => {
    const run = await begin(ctx, FORM)
    const { run_id, status } = await fork(run.run_id, { from_step: 'brief' })
    expect(status).toBe('waiting')
    expect((await read(run_id)).waiting?.wait_id).not.toBe(run.waiting?.wait_id)
    expect((await read(run.run_id)).status).toBe('waiting')
  })

  it('takes other inputs, completed and checked as at a start', async () => {
    const run = await begin(ctx, INPUTS, { topic: 'AI', tone: 'dry' })
    const { run_id } = await fork(run.run_id, { from_step: 'a', inputs: { topic: 'Tea' } })
    expect(await read(run_id)).toMatchObject({ inputs: { topic: 'Tea', tone: 'dry' }, outputs: { label: 'Tea/dry' } })
    const before = await app.database.db.$count(runs)
    expect((await refusal(fork(run.run_id, { from_step: 'a', inputs: { topic: 3 } }))).code).toBe('inputs.invalid')
    const unknown = await refusal(fork(run.run_id, { from_step: 'nowhere' }))
    expect([unknown.code, unknown.message]).toEqual(['run.unknown_step', expect.stringContaining('Its steps are: a.')])
    expect(await app.database.db.$count(runs)).toBe(before)
  })

  it('is done once for one idempotency key, whatever has changed since', async () => {
    const run = await begin(ctx, INPUTS, { topic: 'AI' })
    const first = await fork(run.run_id, { from_step: 'a', inputs: { topic: 'Tea' } }, ctx, 'k')
    expect(first.replayed).toBeUndefined()
    await setWorkflowEnabled({ ctx, input: { id: run.workflow_id, body: { enabled: false } } })
    expect(await fork(run.run_id, { from_step: 'a', inputs: { topic: 'Tea' } }, ctx, 'k')).toEqual({
      ...first,
      replayed: true,
    })
    for (const other of [{ from_step: 'a' }, { from_step: 'a', inputs: { topic: 'Milk' } }])
      expect((await refusal(fork(run.run_id, other, ctx, 'k'))).code).toBe('idempotency.key_reused')
    expect((await refusal(fork(first.run_id, { from_step: 'a', inputs: { topic: 'Tea' } }, ctx, 'k'))).code).toBe(
      'idempotency.key_reused',
    )
    expect((await refusal(fork(run.run_id, { from_step: 'a' }, ctx, ' '))).code).toBe('idempotency.key_invalid')
  })

  it('has a key of its own: one that started a run means another thing', async () => {
    const workflow_id = await publish(ctx, FORM)
    const run = await startRun({ ctx, input: { body: { workflow_id }, key: 'k' } })
    expect((await refusal(fork(run.run_id, { from_step: 'brief' }, ctx, 'k'))).code).toBe('idempotency.key_reused')
  })

  it('is a start: for those who may, of a workflow that may be started, within the quota of a key', async () => {
    const run = await begin(ctx, INPUTS, { topic: 'AI' })
    const again = { from_step: 'a' }
    for (const by of [
      await person(app, 'viewer'),
      await person(app, 'approver'),
      key('admin', ['run:read', 'run:retry']),
    ])
      expect((await refusal(fork(run.run_id, again, app.context(by)))).code).toBe('auth.forbidden')
    expect((await refusal(fork('nothing', again))).code).toBe('run.not_found')

    const actor = key('editor')
    await app.database.db
      .insert(apiKeys)
      .values({ id: actor.id, name: 'bot', role: 'editor', hash: actor.id, hint: 'abcd', quota: 1 })
    await fork(run.run_id, again, app.context(actor))
    expect((await refusal(fork(run.run_id, again, app.context(actor)))).code).toBe('rate_limit.exceeded')

    await setWorkflowEnabled({ ctx, input: { id: run.workflow_id, body: { enabled: false } } })
    expect((await refusal(fork(run.run_id, again))).code).toBe('workflow.disabled')
    await deleteWorkflow({ ctx, input: { id: run.workflow_id } })
    expect((await refusal(fork(run.run_id, again))).code).toBe('workflow.not_found')
  })
})

describe('a run that was called', () => {
  it('names its caller, and its caller names it', async () => {
    const caller = await begin(ctx, FORM)
    const called = await startRun({ ctx, input: { body: { workflow_id: await publish(ctx, FORM) }, key: null } })
    const activity = { path: 'root', step: 'brief', visit: 1, attempt: 1, epoch: 0 }
    await app.database.db
      .update(runs)
      .set({ parentRunId: caller.run_id, parentActivity: activity })
      .where(eq(runs.id, called.run_id))
    expect((await read(called.run_id)).parent).toEqual({ run_id: caller.run_id, step_id: 'brief' })
    expect((await read(caller.run_id)).children).toEqual([
      {
        run_id: called.run_id,
        workflow_name: 'Brief',
        status: 'waiting',
        step_id: 'brief',
        path: 'root',
        visit: 1,
        epoch: 0,
      },
    ])
  })
})
