import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { auditLog } from '#drizzle/schema/index.ts'
import type { EffectResolve } from '#lib/contracts/run-acts.ts'
import { type TestApp, testApp } from '#server/testing/app.ts'
import { loseEffect } from '#server/testing/lose-effect.ts'
import type { ServiceContext } from '../context.ts'
import { begin, key, person, refusal } from '../testing.ts'
import { cancelRun } from './cancel.ts'
import { getRunDetail } from './detail.ts'
import { resolveEffect } from './effects.ts'
import { getRun } from './get.ts'
import { getRunHistory } from './history.ts'

const PAY = `name: Pay
steps:
  - {id: pay, type: api_call, method: POST, url: "https://bank.example/payments", retry: false}
  - {id: note, type: set, values: {paid: "{{ steps.pay.output.body.ok }}"}}
`
const ANSWER = { status: 200, headers: {}, body: { ok: true } }
const EVIDENCE = { method: 'POST', url: 'https://bank.example/payments', sent_at: '2026-01-05T09:00:00.000Z' }

let app: TestApp
let ctx: ServiceContext
let viewer: ServiceContext

beforeAll(async () => {
  app = await testApp({ LOG_LEVEL: 'silent' })
  ctx = app.context(await person(app, 'editor', 'ed@company.com'))
  viewer = app.context(await person(app, 'viewer'))
})
afterAll(() => app.drop())

/** A run that does not know whether it paid, and the id of that effect. */
async function unsure() {
  const { run_id } = await begin(ctx, PAY)
  await loseEffect(app, run_id, EVIDENCE)
  const [effect] = (await getRun({ ctx, input: { id: run_id, query: {} } })).effects
  return { run_id, effect_id: effect?.effect_id ?? 'none' }
}

const say = (at: { run_id: string; effect_id: string }, body: EffectResolve, by = ctx) =>
  resolveEffect({ ctx: by, input: { id: at.run_id, effect_id: at.effect_id, body } })
const read = (id: string) => getRun({ ctx, input: { id, query: {} } })
const statuses = async (id: string) =>
  (await getRunHistory({ ctx, input: { id } })).steps.map(({ step_id, status }) => `${step_id} ${status}`)

describe('an effect of which nobody knows', () => {
  it('is told with its evidence, and what the reader may do about it', async () => {
    const { run_id, effect_id } = await unsure()
    expect(effect_id).toMatch(/^eff_[\w-]{22}$/)
    const { status, effects } = await read(run_id)
    expect(status).toBe('waiting')
    expect(effects).toEqual([
      {
        ...{ effect_id, step_id: 'pay', path: 'root', visit: 1, attempt: 1, epoch: 0 },
        ...{ sent_at: EVIDENCE.sent_at, noticed_at: expect.any(String), evidence: EVIDENCE },
      },
    ])
    expect(await statuses(run_id)).toEqual(['pay waiting'])
    expect((await getRunDetail({ ctx, input: { id: run_id } })).can.resolve).toBe(true)
    expect((await getRunDetail({ ctx: viewer, input: { id: run_id } })).can.resolve).toBe(false)
  })

  it('counts as done with the result that was told', async () => {
    const at = await unsure()
    expect(await say(at, { resolution: 'done', result: ANSWER })).toEqual({
      run_id: at.run_id,
      status: 'completed',
    })
    expect(await statuses(at.run_id)).toEqual(['pay completed', 'note completed'])
    const run = await read(at.run_id)
    expect([run.effects, run.status]).toEqual([[], 'completed'])
  })

  it('fails the step for the reason that was told, or says who said so', async () => {
    const at = await unsure()
    expect(await say(at, { resolution: 'fail', reason: 'The bank has nothing of it.' })).toMatchObject({
      status: 'failed',
    })
    expect((await read(at.run_id)).error).toMatchObject({
      code: 'effect.failed',
      message: 'The bank has nothing of it.',
    })
    const other = await unsure()
    await say(other, { resolution: 'fail' })
    expect((await read(other.run_id)).error?.message).toBe('ed@company.com said that it failed.')
  })

  it('is sent again under the same key, and may be unknown once more', async () => {
    const at = await unsure()
    expect(await say(at, { resolution: 'repeat' })).toMatchObject({ status: 'running' })
    expect((await read(at.run_id)).effects).toEqual([])
    await loseEffect(app, at.run_id, { ...EVIDENCE, sent_at: 'yesterday' })
    expect((await read(at.run_id)).effects).toMatchObject([{ effect_id: at.effect_id, sent_at: null }])
    expect(await say(at, { resolution: 'done' })).toMatchObject({ run_id: at.run_id })
  })

  it('takes one answer of several at once, and tells the others who was first', async () => {
    const at = await unsure()
    const answers = await Promise.allSettled(
      Array.from({ length: 6 }, () => say(at, { resolution: 'done', result: ANSWER })),
    )
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const again = await refusal(say(at, { resolution: 'repeat' }))
    expect([again.code, again.message]).toEqual(['effect.already_settled', 'ed@company.com said that it happened.'])
    expect(again.extra.decided).toMatchObject({ outcome: 'done', by: 'ed@company.com' })
    for (const answer of answers)
      if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ code: 'effect.already_settled' })
    const audit = await app.database.db.select().from(auditLog).where(eq(auditLog.target, at.run_id))
    expect(audit.map(({ action, detail }) => [action, detail])).toContainEqual([
      'run.resolve_effect',
      { effect_id: at.effect_id, step: 'pay', path: 'root', resolution: 'done' },
    ])
    expect(audit.filter(({ action }) => action === 'run.resolve_effect')).toHaveLength(1)
  })

  it('is not asked about any more once the run is over', async () => {
    const at = await unsure()
    await cancelRun({ ctx, input: { id: at.run_id, body: {} } })
    expect((await read(at.run_id)).effects).toEqual([])
    expect((await refusal(say(at, { resolution: 'repeat' }))).code).toBe('run.wrong_state')
  })

  it('is there for those who may retry, in its own run, and by its id only', async () => {
    const at = await unsure()
    const other = await unsure()
    expect((await refusal(say(at, { resolution: 'repeat' }, viewer))).code).toBe('auth.forbidden')
    const narrow = app.context(key('admin', ['run:read', 'run:start']))
    expect((await refusal(say(at, { resolution: 'repeat' }, narrow))).code).toBe('auth.forbidden')
    for (const effect_id of ['nothing', 'eff_', other.effect_id])
      expect((await refusal(say({ ...at, effect_id }, { resolution: 'repeat' }))).code).toBe('effect.not_found')
    expect((await refusal(say({ ...at, run_id: 'nothing' }, { resolution: 'repeat' }))).code).toBe('run.not_found')
  })

  it.each([
    ['no answer', {}],
    ['an answer there is not', { resolution: 'maybe' }],
    ['a result of what is repeated', { resolution: 'repeat', result: 1 }],
    ['a reason for what is done', { resolution: 'done', reason: 'x' }],
  ])('refuses %s', async (_what, body) => {
    const at = await unsure()
    expect((await refusal(say(at, body as EffectResolve))).code).toBe('request.invalid')
  })
})
