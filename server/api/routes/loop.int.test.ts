import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#lib/ids.ts'
import { createApiKey } from '#server/services/api-keys/create.ts'
import { approvalOf, FORM } from '#server/services/testing.ts'
import { SYSTEM, type TestApp, testApp } from '#server/testing/app.ts'
import { serve } from '../serve.ts'
import { call, type TestCall } from '../testing.ts'
import * as approvals from './approvals.ts'
import { followExecution, followExecutions } from './execution-events.ts'
import * as executions from './executions.ts'
import * as workflows from './workflows.ts'

let app: TestApp
let key: string
let viewer: string

beforeAll(async () => {
  app = await testApp({ LOG_LEVEL: 'silent' })
  key = (await createApiKey({ ctx: app.context(SYSTEM), input: { name: 'admin', role: 'admin' } })).key
  viewer = (await createApiKey({ ctx: app.context(SYSTEM), input: { name: 'viewer', role: 'viewer' } })).key
})
afterAll(() => app.drop())

const by = (endpoint: Parameters<typeof call>[1], more: TestCall = {}) => call(app, endpoint, { key, ...more })
async function publish(yaml = FORM): Promise<string> {
  const answer = await by(workflows.createWorkflow, { body: { yaml } })
  expect(answer.status).toBe(201)
  return answer.json.id
}
const start = (body: object, more: TestCall = {}) => by(executions.startExecution, { body, ...more })
const read = async (id: string, query = '') => (await by(executions.getExecution, { params: { id }, query })).json

describe('workflows by REST', () => {
  it('are created with a place and an entity tag', async () => {
    const answer = await by(workflows.createWorkflow, { body: { name: 'Blog', yaml: FORM } })
    expect([answer.status, answer.json.status, answer.json.version]).toEqual([201, 'created', 1])
    expect(answer.headers.get('location')).toBe(`/api/v1/workflows/${answer.json.id}`)
    expect(answer.headers.get('etag')).toBe('"1"')
  })

  it.each(['"1"', '1', 'W/"1"', '*'])('are changed under If-Match: %s', async (match) => {
    const id = await publish()
    const answer = await by(workflows.updateWorkflow, {
      params: { id },
      body: { yaml: FORM },
      headers: { 'If-Match': match },
    })
    expect([answer.status, answer.json.version, answer.headers.get('etag')]).toEqual([200, 2, '"2"'])
  })

  it.each(['"2"', '"x"', 'W/"abc"'])('are not changed under If-Match: %s', async (match) => {
    const id = await publish()
    const answer = await by(workflows.updateWorkflow, {
      params: { id },
      body: { yaml: FORM },
      headers: { 'If-Match': match },
    })
    expect([answer.status, answer.json.code]).toEqual([412, 'workflow.version_conflict'])
    expect((await by(workflows.getWorkflow, { params: { id } })).json.version).toBe(1)
  })

  it('tell what is wrong with line and column', async () => {
    const answer = await by(workflows.createWorkflow, {
      body: { yaml: 'name: X\nsteps:\n  - id: a\n    type: nonsense\n' },
    })
    expect(answer.status).toBe(422)
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    expect(answer.json).toMatchObject({ code: 'workflow.invalid', errors: [{ line: 4, column: 11 }] })
  })

  it('are gone after DELETE', async () => {
    const id = await publish()
    expect((await by(workflows.deleteWorkflow, { params: { id } })).status).toBe(204)
    expect((await by(workflows.getWorkflow, { params: { id } })).status).toBe(404)
  })

  it('refuse fields that nobody knows', async () => {
    const answer = await by(workflows.createWorkflow, { body: { yaml: FORM, nmae: 'x' } })
    expect([answer.status, answer.json.code]).toEqual([422, 'request.invalid'])
    expect(answer.json.errors[0].path).toBe('nmae')
  })
})

describe('a run by REST', () => {
  it('is accepted with its place; a repeat of the key answers 200 with the same one', async () => {
    const workflow_id = await publish()
    const first = await start({ workflow_id }, { headers: { 'Idempotency-Key': 'k1' } })
    expect(first.status).toBe(202)
    expect(first.headers.get('location')).toBe(`/api/v1/executions/${first.json.run_id}`)
    const again = await start({ workflow_id, idempotency_key: 'k1' })
    expect([again.status, again.json]).toEqual([200, { ...first.json, replayed: true }])
    const other = await start({ workflow_id, idempotency_key: 'k1', inputs: { a: 1 } })
    expect([other.status, other.json.code]).toEqual([422, 'idempotency.key_reused'])
  })

  it('goes from the form over the approval to its end', async () => {
    const { json } = await start({ workflow_id: await publish(approvalOf('any')) })
    const asked = await read(json.run_id, '?wait=5')
    expect(asked).toMatchObject({
      status: 'waiting',
      waiting: { type: 'form', step_id: 'draft' },
      current_step: 'draft',
    })
    const bad = await by(executions.resumeExecution, {
      params: { id: json.run_id },
      body: { resume_token: asked.resume_token, inputs: {} },
    })
    expect([bad.status, bad.json.code, bad.json.errors[0].path]).toEqual([422, 'form.invalid', 'inputs.text'])
    const filled = await by(executions.resumeExecution, {
      params: { id: json.run_id },
      body: { resume_token: asked.resume_token, inputs: { text: 'Hello' } },
    })
    expect([filled.status, filled.json]).toEqual([200, { run_id: json.run_id, status: 'waiting' }])
    const late = await by(executions.resumeExecution, {
      params: { id: json.run_id },
      body: { resume_token: asked.resume_token, inputs: { text: 'Hello' } },
    })
    expect([late.status, late.json.code]).toEqual([409, 'resume.already_decided'])
    const waiting = await read(json.run_id)
    expect(waiting.waiting.approval).toMatchObject({ show: { text: 'Hello' }, quorum: { needed: 1 } })
    const decided = await by(executions.resumeExecution, {
      params: { id: json.run_id },
      body: {
        resume_token: waiting.resume_token,
        approvals: [{ step_id: waiting.current_step, approved: false, comment: 'Not our tone' }],
      },
    })
    expect(decided.status).toBe(200)
    expect(await read(json.run_id)).toMatchObject({
      status: 'failed',
      error: { code: 'approval.rejected', message: expect.stringContaining('Not our tone') },
      waits: [],
      waiting: null,
      resume_token: null,
    })
    const history = await by(executions.getExecutionHistory, { params: { id: json.run_id } })
    expect(history.json.steps.map((s: { step_id: string }) => s.step_id)).toEqual(['draft', 'review'])
  })

  it('is decided under /approvals too', async () => {
    const { json } = await start({ workflow_id: await publish(approvalOf('all')) })
    const { resume_token } = await read(json.run_id)
    await by(executions.resumeExecution, {
      params: { id: json.run_id },
      body: { resume_token, inputs: { text: 'Hi' } },
    })
    const { waiting } = await read(json.run_id)
    const id = waiting.wait_id
    const without = await by(approvals.approveApproval, { params: { id }, body: { comment: 'ok' } })
    expect([without.status, without.json.code]).toEqual([422, 'approval.approver_needed'])
    const given = await by(approvals.approveApproval, {
      params: { id },
      body: { comment: 'ok', approver: 'ann@company.com' },
    })
    expect([given.status, given.json.status]).toEqual([200, 'pending'])
    const rejected = await by(approvals.rejectApproval, { params: { id }, body: { approver: 'bob@company.com' } })
    expect([rejected.status, rejected.json.status]).toEqual([200, 'rejected'])
    const list = await by(approvals.listApprovals, { query: '?status=rejected&sort=priority' })
    expect(list.json.approvals.map((a: { id: string }) => a.id)).toContain(id)
  })

  it.each([
    ['a token of nothing', 'x.y.z', 401],
    ['no token', '', 401],
  ])('refuses %s', async (_what, resume_token, status) => {
    const { json } = await start({ workflow_id: await publish() })
    const answer = await by(executions.resumeExecution, {
      params: { id: json.run_id },
      body: { resume_token, inputs: {} },
    })
    expect([answer.status, answer.json.code]).toEqual([status, 'resume.token_invalid'])
  })

  it('is hidden behind 404 for ids of any form', async () => {
    for (const id of ['nonsense', newId('run'), '%00', 'run_']) {
      for (const endpoint of [executions.getExecution, executions.getExecutionHistory, followExecution]) {
        expect((await by(endpoint, { params: { id } })).status).toBe(404)
      }
    }
  })

  it('shows a viewer no token', async () => {
    const { json } = await start({ workflow_id: await publish() })
    const seen = await by(executions.getExecution, { params: { id: json.run_id }, key: viewer })
    expect([seen.status, seen.json.resume_token]).toEqual([200, null])
    expect(seen.text).not.toContain('eyJ')
  })

  it.each(['?limit=0', '?limit=101', '?status=nonsense', '?from=yesterday', '?nope=1', '?cursor=x'])(
    'refuses the query %s',
    async (query) => {
      const answer = await by(executions.listExecutions, { query })
      expect([answer.status, answer.json.code]).toEqual([422, 'request.invalid'])
    },
  )
})

describe('events by REST', () => {
  /** Reads events of a stream until `enough` says so, then lets go of it. */
  async function follow(
    endpoint: Parameters<typeof call>[1],
    params: Record<string, string>,
    enough: (ids: string[]) => boolean,
    lastEventId?: string,
    meanwhile: () => Promise<unknown> = async () => {},
  ) {
    const headers = new Headers({ authorization: `Bearer ${key}` })
    if (lastEventId !== undefined) headers.set('last-event-id', lastEventId)
    const request = new Request('http://test.invalid/events', { headers })
    const response = await serve(app, endpoint, request, params, { strictAnswers: true })
    expect(response.headers.get('content-type')).toContain('text/event-stream')
    const reader = (response.body as ReadableStream<Uint8Array>).getReader()
    const decoder = new TextDecoder()
    const ids: string[] = []
    const data: { seq: number; run_id: string; type: string }[] = []
    await reader.read()
    await meanwhile()
    while (!enough(ids)) {
      const { value, done } = await reader.read()
      if (done) break
      const text = decoder.decode(value)
      const id = /^id: (.*)$/m.exec(text)?.[1]
      if (id === undefined) continue
      ids.push(id)
      data.push(JSON.parse(/^data: (.*)$/m.exec(text)?.[1] ?? ''))
    }
    await reader.cancel()
    return { ids, data }
  }

  it('tell a run from its beginning, and go on after the last one seen', async () => {
    const { json } = await start({ workflow_id: await publish() })
    const { events } = (await by(executions.getExecutionHistory, { params: { id: json.run_id } })).json
    const all = await follow(followExecution, { id: json.run_id }, (ids) => ids.length === events.length)
    expect(all.data.map((e) => e.seq)).toEqual(events.map((e: { seq: number }) => e.seq))
    const rest = await follow(followExecution, { id: json.run_id }, (ids) => ids.length === events.length - 2, '2')
    expect(rest.ids).toEqual(all.ids.slice(2))
  })

  it('come while they happen', async () => {
    const { json } = await start({ workflow_id: await publish() })
    const { events } = (await by(executions.getExecutionHistory, { params: { id: json.run_id } })).json
    const cancel = () => by(executions.cancelExecution, { params: { id: json.run_id }, body: {} })
    const seen = await follow(
      followExecution,
      { id: json.run_id },
      (ids) => ids.length > 0,
      String(events.length),
      async () => {
        await cancel()
      },
    )
    expect(seen.data.at(-1)?.seq).toBeGreaterThan(events.length)
  })

  it('of all runs say where they begin, so that a reader who is cut off before the first one misses none', async () => {
    const headers = new Headers({ authorization: `Bearer ${key}` })
    const request = new Request('http://test.invalid/events', { headers })
    const reader = (
      (await serve(app, followExecutions, request, {}, { strictAnswers: true })).body as ReadableStream<Uint8Array>
    ).getReader()
    const opening = new TextDecoder().decode((await reader.read()).value)
    await reader.cancel()
    const { json } = await start({ workflow_id: await publish() })
    const from = /^id: (.*)$/m.exec(opening)?.[1]
    const seen = await follow(followExecutions, {}, (ids) => ids.length > 0, from)
    expect(seen.data[0]).toMatchObject({ run_id: json.run_id, seq: 1 })
  })

  it('of all runs begin now, and lose none between two connections', async () => {
    const workflow_id = await publish()
    const wanted = new Set<string>()
    const go = async () => {
      const started = await Promise.all(Array.from({ length: 5 }, () => start({ workflow_id })))
      for (const { json } of started) wanted.add(json.run_id)
    }
    const first = await follow(followExecutions, {}, (ids) => ids.length >= 3, undefined, go)
    await go()
    const perRun = (await by(executions.getExecutionHistory, { params: { id: [...wanted][0] ?? '' } })).json.events
      .length
    const left = 10 * perRun - first.ids.length
    const second = await follow(followExecutions, {}, (ids) => ids.length >= left, first.ids.at(-1))
    const seen = [...first.data, ...second.data].map((e) => `${e.run_id}:${e.seq}`)
    expect(new Set(seen).size).toBe(10 * perRun)
    expect(seen.every((text) => wanted.has(text.split(':')[0] ?? ''))).toBe(true)
  })
})
