import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestApp, testApp } from '#server/testing/app.ts'
import type { ServiceContext } from '../context.ts'
import { FORM, person, publish, refusal } from '../testing.ts'
import { runReadiness } from './readiness.ts'
import { startRun } from './start.ts'

const CALLS = `name: Call
secrets: [CMS_KEY]
steps:
  - {id: publish, type: api_call, method: POST, url: "{{ static.cms_host }}/posts"}
`

let app: TestApp
let ctx: ServiceContext

beforeAll(async () => {
  app = await testApp({ LOG_LEVEL: 'silent' })
  ctx = app.context(await person(app, 'editor'))
})
afterAll(() => app.drop())

describe('what keeps a workflow from starting', () => {
  it('is what a start would refuse it for', async () => {
    const workflow_id = await publish(ctx, CALLS)
    const { missing } = await runReadiness({ ctx, input: { workflow_id, version: 1 } })
    expect(missing).toEqual(['static.cms_host', 'secrets.CMS_KEY'])
    const refused = await refusal(startRun({ ctx, input: { body: { workflow_id }, key: null } }))
    expect(refused.code).toBe('workflow.settings_missing')
    for (const name of missing) expect(refused.message).toContain(name)
  })

  it('is nothing where nothing is needed, and told only to who may start it', async () => {
    const input = { workflow_id: await publish(ctx, FORM), version: 1 }
    expect(await runReadiness({ ctx, input })).toEqual({ missing: [] })
    const viewer = app.context(await person(app, 'viewer'))
    expect((await refusal(runReadiness({ ctx: viewer, input }))).code).toBe('auth.forbidden')
    expect((await refusal(runReadiness({ ctx, input: { ...input, version: 7 } }))).code).toBe('workflow.not_found')
  })
})
