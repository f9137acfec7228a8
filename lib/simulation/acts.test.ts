import { describe, expect, it } from 'vitest'
import { DAY, HOUR, plus } from '../time.ts'
import type { PlayOptions } from './play.ts'
import { simulateRun } from './simulate-run.ts'
import { answerEverything } from './testing.ts'
import type { SimulationAct } from './types.ts'

const simulate = (text: string, acts: readonly SimulationAct[], more: Partial<PlayOptions> = {}) =>
  simulateRun({ text, inputs: {}, acts, startedBy: { name: 'Sarah', email: 'sarah@company.com' }, ...more })

const CALL = `name: Call
inputs: [{key: topic, type: text, required: true}, {key: tone, type: text, required: true}]
steps:
  - id: call
    type: api_call
    method: POST
    url: "https://cms.example.com/{{secrets.CMS_KEY}}/posts"
    body: {text: "{{topic}}, {{tone}}", key: "{{secrets.CMS_KEY}}"}
    retry: {max_attempts: 1}
`

const REVIEW = `name: Review
steps:
  - {id: brief, type: form, fields: [{key: topic, type: text, required: true}]}
  - {id: review, type: approval, approvers: [manager@company.com], timeout: 48h}
`
const brief: SimulationAct = { do: 'submit', step: 'brief', values: { topic: 'tea' } }

describe('the acts of a simulated run', () => {
  it('put edited inputs over those it began with', async () => {
    const bodies: (string | null)[] = []
    const { run, problem } = await simulate(CALL, [{ do: 'retry', from_step: null, inputs: { tone: 'dry' } }], {
      inputs: { topic: 'tea', tone: 'warm' },
      http: ({ body }) => {
        bodies.push(body)
        return { status: bodies.length === 1 ? 500 : 201, body: {} }
      },
    })
    expect([problem, run.status, run.inputs]).toEqual([null, 'completed', { topic: 'tea', tone: 'dry' }])
    expect(bodies.map((body) => body?.includes('tea, dry'))).toEqual([false, true])
  })

  it('are not tried after one that cannot be done', async () => {
    const approve: SimulationAct = {
      do: 'decide',
      step: 'review',
      approver: 'manager@company.com',
      decision: 'approve',
      comment: '',
    }
    const { run, problem } = await simulate(REVIEW, [approve, brief])
    expect([problem?.act, run.waiting?.step_id]).toEqual([0, 'brief'])
  })

  it('are told with what nobody answered in time', async () => {
    const { story } = await simulate(REVIEW, [brief, { do: 'wait', ms: 49 * HOUR }])
    expect(story.filter(({ kind }) => kind === 'silence')).toMatchObject([{ step: 'review', outcome: 'expired' }])
  })
})

describe('what a simulated run reads', () => {
  const text = `name: Brand
static: {own: mine}
steps: [{id: a, type: set, values: {seen: "{{ static.brand }} {{ static.own }}"}}]
`

  it('is the workspace’s constants where they are given, else their names, and the workflow’s own above both', async () => {
    const seen = async (constants: PlayOptions['static']) =>
      (await simulate(text, [], constants ? { static: constants } : {})).context.runtime.seen
    expect(await seen(undefined)).toBe('brand mine')
    expect(await seen({ brand: 'Acme', own: 'theirs' })).toBe('Acme mine')
  })

  it('is no secret, and none shows, wherever one stands in a call', async () => {
    const urls: string[] = []
    const played = await simulate(CALL, [], {
      inputs: { topic: 'tea', tone: 'warm' },
      http: ({ url }) => {
        urls.push(url)
        return { status: 500, body: { said: `no ${url}` } }
      },
    })
    expect(urls[0]).toContain('test-secret-CMS_KEY')
    expect(JSON.stringify(played)).not.toContain('test-secret')
  })

  it('is no secret either where the other side echoes it', async () => {
    const http: PlayOptions['http'] = ({ url, body }) => ({ status: 200, body: { [url]: body, kept: 'as it is' } })
    const played = await simulate(CALL, [], { inputs: { topic: 'tea', tone: 'warm' }, http })
    expect(played.run.status).toBe('completed')
    expect(JSON.stringify(played)).not.toContain('test-secret')
    expect(JSON.stringify(played.context.runtime.api_response)).toMatch(/REDACTED:CMS_KEY.*as it is/)
  })
})

describe('what rests in a simulated run', () => {
  const text = `name: Patience
steps:
  - {id: rest, type: delay, for: 3d}
  - {id: sub, type: workflow, workflow: Translate, inputs: {text: "{{ inputs.topic }}"}, output_key: translation}
  - {id: after, type: set, values: {seen: "{{ translation }}"}}
`
  const inputs = { topic: 'tea' }

  it('is a delay, which passes only when time does', async () => {
    const before = await simulate(text, [{ do: 'wait', ms: 2 * DAY }], { inputs })
    expect(before.run).toMatchObject({ status: 'waiting', current_step: 'rest', waiting: null })
    expect(before.next_timer).toEqual({ kind: 'delay', at: plus(before.run.started_at, 3 * DAY) })
    expect(before.run.steps[0]).toMatchObject({ status: 'waiting', until: before.next_timer?.at })
    const after = await simulate(text, [{ do: 'wait', ms: 3 * DAY }], { inputs })
    expect(after.run.steps[0]).not.toHaveProperty('until')
    expect(after.run).toMatchObject({ status: 'completed', duration_ms: 3 * DAY })
    expect(after.attempts[0]).toMatchObject({ step_id: 'rest', status: 'completed', output: {} })
  })

  it('is no workflow that a step calls: an empty answer stands for it, and says so', async () => {
    const { run, attempts, context } = await simulate(text, [{ do: 'wait', ms: 3 * DAY }], { inputs })
    expect(run.status).toBe('completed')
    expect(attempts[1]).toMatchObject({
      status: 'completed',
      input: {
        workflow: 'Translate',
        inputs: { text: 'tea' },
        note: expect.stringMatching(/starts no other workflow.*not known/),
      },
      output: {},
    })
    expect(context.runtime.seen).toEqual({})
  })

  it('does not hold up who answers everything', async () => {
    expect((await answerEverything({ text, decision: 'approve', inputs })).run.status).toBe('completed')
  })
})
