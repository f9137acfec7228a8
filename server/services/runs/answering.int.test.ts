import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { auditLog } from '#drizzle/schema/index.ts'
import { DAY } from '#lib/time.ts'
import { type TestApp, testApp } from '#server/testing/app.ts'
import type { ServiceContext } from '../context.ts'
import { begin, FORM, INPUTS, key, person, refusal } from '../testing.ts'
import { cancelRun } from './cancel.ts'
import { getRunContext } from './context.ts'
import { getRunDetail } from './detail.ts'
import { getRun } from './get.ts'
import { getRunHistory } from './history.ts'
import { resumeRun } from './resume.ts'
import { retryRun } from './retry.ts'
import { getRunStep } from './step.ts'

let app: TestApp
let ctx: ServiceContext
let viewer: ServiceContext

beforeAll(async () => {
  app = await testApp({ LOG_LEVEL: 'silent' })
  ctx = app.context(await person(app, 'editor'))
  viewer = app.context(await person(app, 'viewer'))
})
afterAll(() => app.drop())

describe('resuming a form', () => {
  const answer = (run: { run_id: string; resume_token: string | null }, inputs: object, by = ctx) =>
    resumeRun({
      ctx: by,
      input: { id: run.run_id, body: { resume_token: run.resume_token ?? '', inputs: { ...inputs } } },
    })

  it('takes the values, completed with defaults, and goes on', async () => {
    const run = await begin(ctx, FORM)
    expect(await answer(run, { topic: 'Durable runs' })).toEqual({ run_id: run.run_id, status: 'completed' })
    const { runtime } = await getRunContext({ ctx, input: { id: run.run_id, query: {} } })
    expect(runtime).toMatchObject({
      topic: 'Durable runs',
      tone: 'casual',
      words: null,
      label: 'Durable runs (casual)',
    })
  })

  it('names each field that does not fit, and leaves the wait open', async () => {
    const run = await begin(ctx, FORM)
    const error = await refusal(answer(run, { topic: 'x', tone: 'loud', words: 5, extra: 1 }))
    expect(error.code).toBe('form.invalid')
    expect(error.errors.map(({ path }) => path).sort()).toEqual(
      expect.arrayContaining(['inputs.tone', 'inputs.topic', 'inputs.words']),
    )
    expect(await answer(run, { topic: 'Now it fits' })).toMatchObject({ status: 'completed' })
  })

  it('gives one of many at once the run, and the others who was first', async () => {
    const run = await begin(ctx, FORM)
    const tries = await Promise.allSettled(Array.from({ length: 20 }, () => answer(run, { topic: 'the same' })))
    const won = tries.filter((t) => t.status === 'fulfilled')
    expect(won).toHaveLength(1)
    for (const lost of tries.filter((t) => t.status === 'rejected')) {
      expect(lost.reason).toMatchObject({ code: 'resume.already_decided' })
    }
    const error = await refusal(answer(run, { topic: 'later' }))
    expect([error.code, error.extra]).toEqual([
      'resume.already_decided',
      { decided: { outcome: 'submitted', by: expect.stringContaining('@'), at: expect.any(String) } },
    ])
  })

  it('takes no token that is tampered with, malformed, foreign or old', async () => {
    const run = await begin(ctx, FORM)
    const other = await begin(ctx, FORM)
    const good = run.resume_token ?? ''
    const [head = '', body = '', mac = ''] = good.split('.')
    const forged = Buffer.from(JSON.stringify({ ...JSON.parse(Buffer.from(body, 'base64url').toString()), gen: 2 }))
    const bad = ['', 'x', 'a.b.c', `${head}.${body}.`, `${head}.${body}.${mac.toUpperCase()}`, `${good}x`, ` ${good}`]
    bad.push(`${head}.${forged.toString('base64url')}.${mac}`, other.resume_token ?? '')
    for (const resume_token of bad) {
      expect([resume_token, (await refusal(answer({ ...run, resume_token }, { topic: 'xyz' }))).code]).toEqual([
        resume_token,
        'resume.token_invalid',
      ])
    }
    app.clock.pass(7 * DAY + 1000)
    expect((await refusal(answer(run, { topic: 'xyz' }))).code).toBe('resume.token_expired')
    const fresh = await getRun({ ctx, input: { id: run.run_id, query: {} } })
    expect(await answer(fresh, { topic: 'xyz' })).toMatchObject({ status: 'completed' })
  })

  it('needs the right to, whatever token is held', async () => {
    const run = await begin(ctx, FORM)
    expect((await refusal(answer(run, { topic: 'xyz' }, viewer))).code).toBe('auth.forbidden')
    const approver = app.context(await person(app, 'approver'))
    expect((await refusal(answer(run, { topic: 'xyz' }, approver))).code).toBe('auth.forbidden')
  })

  it('refuses decisions where a form is asked, and changes nothing', async () => {
    const run = await begin(ctx, FORM)
    const body = { resume_token: run.resume_token ?? '', approvals: [{ step_id: 'brief', approved: true }] }
    const admin = app.context(key('admin'))
    expect((await refusal(resumeRun({ ctx: admin, input: { id: run.run_id, body } }))).code).toBe('request.invalid')
    expect((await getRun({ ctx, input: { id: run.run_id, query: {} } })).status).toBe('waiting')
  })
})

describe('ending and taking up again', () => {
  it('cancels with a reason, and once more without harm', async () => {
    const run = await begin(ctx, FORM)
    const cancel = () => cancelRun({ ctx, input: { id: run.run_id, body: { reason: 'No longer needed' } } })
    expect(await cancel()).toEqual({ run_id: run.run_id, status: 'canceled' })
    expect(await cancel()).toEqual({ run_id: run.run_id, status: 'canceled' })
    const { events } = await getRunHistory({ ctx, input: { id: run.run_id } })
    expect(events.at(-1)).toMatchObject({ type: 'run.canceled', data: { reason: 'No longer needed' } })
    const [entry] = await app.database.db
      .select()
      .from(auditLog)
      .where(eq(auditLog.target, run.run_id))
      .orderBy(auditLog.id)
    expect(entry?.action).toMatch(/^run\./)
  })

  it('answers nothing after a cancel', async () => {
    const run = await begin(ctx, FORM)
    await cancelRun({ ctx, input: { id: run.run_id, body: {} } })
    const body = { resume_token: run.resume_token ?? '', inputs: { topic: 'late' } }
    expect((await refusal(resumeRun({ ctx, input: { id: run.run_id, body } }))).code).toBe('run.wrong_state')
  })

  it('does not cancel what is over', async () => {
    const run = await begin(ctx, INPUTS, { topic: 'x' })
    expect((await refusal(cancelRun({ ctx, input: { id: run.run_id, body: {} } }))).code).toBe('run.wrong_state')
  })

  it('retries from a step, with edited inputs', async () => {
    const run = await begin(
      ctx,
      `${INPUTS.replace('{id: a,', '{id: wait, type: form, fields: [{key: z, type: string}]}\n  - {id: a,')}`,
      { topic: 'old', tone: 'dry' },
    )
    expect((await refusal(retryRun({ ctx, input: { id: run.run_id, body: {} } }))).code).toBe('run.wrong_state')
    await cancelRun({ ctx, input: { id: run.run_id, body: {} } })
    const unknown = await refusal(retryRun({ ctx, input: { id: run.run_id, body: { from_step: 'nowhere' } } }))
    expect([unknown.code, unknown.message]).toEqual(['run.unknown_step', expect.stringContaining('wait, a')])
    const bad = await refusal(retryRun({ ctx, input: { id: run.run_id, body: { inputs: { topic: 3 } } } }))
    expect(bad.code).toBe('inputs.invalid')
    const again = await retryRun({ ctx, input: { id: run.run_id, body: { from_step: 'a', inputs: { topic: 'new' } } } })
    expect(again.status).toBe('completed')
    expect((await getRun({ ctx, input: { id: run.run_id, query: {} } })).outputs).toEqual({ label: 'new/dry' })
  })

  it('is offered where it can be done, and keeps what was tried before apart', async () => {
    const { run_id: id } = await begin(ctx, FORM)
    await cancelRun({ ctx, input: { id, body: {} } })
    const detail = (by = ctx) => getRunDetail({ ctx: by, input: { id } })
    expect((await detail()).can).toMatchObject({ cancel: false, retry: true, answer: false })
    expect((await detail(viewer)).can.retry).toBe(false)
    await retryRun({ ctx, input: { id, body: {} } })
    const { steps } = await detail()
    expect(steps.map(({ step_id, epoch }) => [step_id, epoch])).toEqual([
      ['brief', 0],
      ['brief', 1],
    ])
    for (const { step_id, path, visit, attempt, epoch, status } of steps) {
      const found = await getRunStep({ ctx, input: { id, attempt: { step_id, path, visit, attempt, epoch } } })
      expect([found.epoch, found.status]).toEqual([epoch, status])
    }
  })

  it('is for those who may', async () => {
    const run = await begin(ctx, FORM)
    expect((await refusal(cancelRun({ ctx: viewer, input: { id: run.run_id, body: {} } }))).code).toBe('auth.forbidden')
    expect((await refusal(retryRun({ ctx: viewer, input: { id: run.run_id, body: {} } }))).code).toBe('auth.forbidden')
  })
})
