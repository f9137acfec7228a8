import { afterAll, beforeAll, expect, it } from 'vitest'
import { FORM } from '#server/services/testing.ts'
import { type TestApp, testApp } from '#server/testing/app.ts'
import { loseEffect } from '#server/testing/lose-effect.ts'
import { call, keyOf } from '../testing.ts'
import * as executions from './executions.ts'
import { createWorkflow } from './workflows.ts'

const PAY = `name: Pay
steps:
  - {id: pay, type: api_call, method: POST, url: "https://bank.example/payments"}
`

let app: TestApp
let key: string

beforeAll(async () => {
  app = await testApp({ LOG_LEVEL: 'silent' })
  key = await keyOf(app, 'editor')
})
afterAll(() => app.drop())

async function begin(yaml: string): Promise<string> {
  const saved = await call(app, createWorkflow, { key, body: { yaml } })
  const started = await call(app, executions.startExecution, { key, body: { workflow_id: saved.json.id } })
  return started.json.run_id
}
const read = async (id: string) => (await call(app, executions.getExecution, { key, params: { id } })).json

it('branches a run off and says where it is', async () => {
  const id = await begin(FORM)
  const fork = (body: object) => call(app, executions.forkExecution, { key, params: { id }, body })
  const forked = await fork({ from_step: 'brief' })
  expect([forked.status, forked.json.status]).toEqual([202, 'waiting'])
  expect(forked.headers.get('location')).toBe(`/api/v1/executions/${forked.json.run_id}`)
  expect((await read(forked.json.run_id)).forked_from).toEqual({ run_id: id, step_id: 'brief' })
  const unknown = await fork({ from_step: 'nowhere' })
  expect([unknown.status, unknown.json.code]).toEqual([422, 'run.unknown_step'])
  expect((await fork({})).status).toBe(422)
})

it('settles an effect of which nobody knows, once', async () => {
  const id = await begin(PAY)
  await loseEffect(app, id, { method: 'POST', url: 'https://bank.example/payments' })
  const [effect] = (await read(id)).effects
  const settle = (effect_id: string, body: object) =>
    call(app, executions.resolveExecutionEffect, { key, params: { id, effect_id }, body })
  expect((await settle('eff_nothing', { resolution: 'repeat' })).json.code).toBe('effect.not_found')
  expect((await settle(effect.effect_id, { resolution: 'perhaps' })).status).toBe(422)
  const done = await settle(effect.effect_id, { resolution: 'done', result: { paid: true } })
  expect([done.status, done.json]).toEqual([200, { run_id: id, status: 'completed' }])
  const late = await settle(effect.effect_id, { resolution: 'fail' })
  expect([late.status, late.json.code, late.json.decided.outcome]).toEqual([409, 'effect.already_settled', 'done'])
})
