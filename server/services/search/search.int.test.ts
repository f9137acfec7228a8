import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestApp, testApp } from '#server/testing/app.ts'
import type { ServiceContext } from '../context.ts'
import { startRun } from '../runs/start.ts'
import { FORM, key, person, publish, refusal } from '../testing.ts'
import { deleteWorkflow } from '../workflows/delete.ts'
import { search } from './search.ts'

let app: TestApp
let ctx: ServiceContext
let viewer: ServiceContext

beforeAll(async () => {
  app = await testApp({ LOG_LEVEL: 'silent' })
  ctx = app.context(await person(app, 'editor'))
  viewer = app.context(await person(app, 'viewer'))
})
afterAll(() => app.drop())

const named = (name: string, tags = '') => FORM.replace('name: Brief', `name: "${name}"${tags && `\ntags: [${tags}]`}`)
const run = async (workflow_id: string) => (await startRun({ ctx, input: { body: { workflow_id }, key: null } })).run_id
const find = (q: string, by = viewer) => search({ ctx: by, input: { q } })

describe('searching workflows and runs', () => {
  it('finds workflows by a part of their name or by a tag, whatever the case', async () => {
    const invoice = await publish(ctx, named('Invoice check'))
    const letter = await publish(ctx, named('Letter', 'billing, invoices'))
    expect((await find('INVOICE')).workflows.map(({ id }) => id)).toEqual([letter, invoice])
    expect((await find('billing')).workflows.map(({ id }) => id)).toEqual([letter])
    expect((await find('oice che')).workflows).toEqual([
      { id: invoice, name: 'Invoice check', tags: [], enabled: true },
    ])
  })

  it('finds runs by the beginning of their id, and by the name of their workflow', async () => {
    const id = await publish(ctx, named('Onboarding'))
    const first = await run(id)
    const second = await run(id)
    expect((await find(first)).runs.map(({ run_id }) => run_id)).toEqual([first])
    expect((await find(first.slice(0, -1))).runs.map(({ run_id }) => run_id)).toContain(first)
    expect((await find('onboard')).runs.map(({ run_id }) => run_id)).toEqual([second, first])
    expect((await find('onboard')).runs[0]).toMatchObject({ workflow_name: 'Onboarding', status: 'waiting' })
  })

  it('takes what is typed as letters, not as a pattern', async () => {
    const id = await publish(ctx, named('100% sure'))
    expect((await find('0% s')).workflows.map((each) => each.id)).toEqual([id])
    expect((await find('0_ s')).workflows).toEqual([])
    expect((await find('%')).workflows.map((each) => each.id)).toEqual([id])
    expect((await find('run_%')).runs).toEqual([])
  })

  it('answers eight of each at most, and nothing for nothing', async () => {
    const ids = await Promise.all(Array.from({ length: 10 }, (_, i) => publish(ctx, named(`Crowd ${i}`))))
    for (const id of ids) await run(id)
    const { workflows, runs } = await find('crowd')
    expect([workflows.length, runs.length]).toEqual([8, 8])
    expect(await find('  ')).toEqual({ workflows: [], runs: [] })
  })

  it('leaves deleted workflows out, and keeps their runs', async () => {
    const id = await publish(ctx, named('Bygone'))
    const run_id = await run(id)
    await deleteWorkflow({ ctx, input: { id } })
    expect(await find('bygone')).toMatchObject({ workflows: [], runs: [{ run_id }] })
  })

  it('shows each caller only what they may read', async () => {
    const id = await publish(ctx, named('Guarded'))
    await run(id)
    const scoped = (...scopes: Parameters<typeof key>[1] & object) => app.context(key('viewer', scopes))
    expect((await find('guarded', scoped('workflow:read'))).runs).toEqual([])
    expect((await find('guarded', scoped('run:read'))).workflows).toEqual([])
    expect((await refusal(find('guarded', scoped('template:read')))).code).toBe('auth.forbidden')
    expect((await refusal(find('guarded', app.context(null)))).code).toBe('auth.required')
  })
})
