import { describe, expect, it } from 'vitest'
import { BLUEPRINTS } from '../blueprints/blueprints.ts'
import { RunDetail } from '../contracts/runs.ts'
import { DAY, HOUR, plus } from '../time.ts'
import type { PlayOptions } from './play.ts'
import { simulateRun } from './simulate-run.ts'
import { answerEverything } from './testing.ts'
import type { SimulationAct } from './types.ts'

const LOOP = `name: Loop
steps:
  - {id: brief, type: form, fields: [{key: topic, type: text, required: true}]}
  - id: draft
    type: ai_generate
    prompt: "Write about {{topic}}."
    output_schema: {type: object, properties: {title: {type: string}, score: {type: number}}, required: [title, score]}
  - id: review
    type: approval
    approvers: [manager@company.com]
    timeout: 48h
    reminder_hours: 24
    on_timeout: escalate
    escalate_to: [director@company.com]
    on_revise: {to: draft, max: 2}
  - id: publish
    type: api_call
    method: POST
    url: "https://cms.example.com/posts"
    headers: {Authorization: "Bearer {{secrets.CMS_API_KEY}}"}
    body: {title: "{{title}}"}
    success_when: status == 201
`
const T0 = '2026-01-05T09:00:00.000Z'
const brief: SimulationAct = { do: 'submit', step: 'brief', values: { topic: 'tea' } }
const decide = (decision: 'approve' | 'reject' | 'revise', approver = 'manager@company.com'): SimulationAct => ({
  do: 'decide',
  step: 'review',
  approver,
  decision,
  comment: 'Because.',
})

const simulate = (acts: readonly SimulationAct[], more: Partial<PlayOptions> = {}) =>
  simulateRun({ text: LOOP, inputs: {}, acts, startedBy: { name: 'Sarah', email: 'sarah@company.com' }, ...more })

describe('a simulated run', () => {
  it('is played to its end by people, the mock and made-up replies', async () => {
    const { run, attempts, context, mails, problem } = await simulate([
      brief,
      { do: 'wait', ms: HOUR },
      decide('approve'),
    ])
    expect(problem).toBeNull()
    expect(run.status).toBe('completed')
    expect(run.steps.map(({ step_id, status }) => `${step_id} ${status}`)).toEqual([
      'brief completed',
      'draft completed',
      'review completed',
      'publish completed',
    ])
    expect(attempts[1]?.ai_calls[0]).toMatchObject({ provider: 'mock', violations: [], latency_ms: 0 })
    expect(attempts[2]?.decisions).toMatchObject([{ approver: 'manager@company.com', decision: 'approve' }])
    expect(context.runtime).toMatchObject({ topic: 'tea', approved: true, api_response: { status: 201 } })
    expect(mails).toEqual([
      {
        to: 'manager@company.com',
        kind: 'approval_request',
        subject: 'Approval Required - review',
        step: 'review',
        at: T0,
      },
    ])
    expect(RunDetail.parse(run)).toEqual(run)
  })

  it('shows no secret, not even the one that stands for it', async () => {
    const { run, attempts } = await simulate([brief, decide('approve')])
    expect(JSON.stringify([run, attempts])).not.toContain('test-secret')
    expect(JSON.stringify(attempts.at(-1)?.input)).toContain('REDACTED')
  })

  it('lets days pass: reminder, escalation and the end, each at its own time', async () => {
    const { run, mails, now, next_timer } = await simulate([brief, { do: 'wait', ms: 3 * DAY }])
    expect(mails.map(({ to, subject, at }) => `${at.slice(0, 10)} ${to} ${subject}`)).toEqual([
      '2026-01-05 manager@company.com Approval Required - review',
      '2026-01-06 manager@company.com Approval Required - review (reminder)',
      '2026-01-07 director@company.com Approval Required - review (escalated to you)',
      '2026-01-08 director@company.com Approval Required - review (reminder)',
    ])
    expect(now).toBe(plus(T0, 3 * DAY))
    expect(next_timer).toEqual({ at: plus(T0, 4 * DAY), kind: 'expiry' })
    expect(run.waiting?.approval?.approvers).toEqual([{ email: 'director@company.com', decided: null, awaited: true }])
  })

  it('sends a revision back with the comment, and asks again', async () => {
    const { run, attempts } = await simulate([brief, decide('revise')])
    const drafts = attempts.filter(({ step_id }) => step_id === 'draft')
    expect(drafts).toHaveLength(2)
    expect(drafts[1]?.ai_calls[0]?.prompt).toContain('Because.')
    expect(run.status).toBe('waiting')
  })

  it.each([
    ['schema_violation', 'failed', 'ai.schema_validation_failed', 3],
    ['schema_violation_once', 'waiting', null, 2],
    ['timeout', 'failed', 'ai.timeout', 1],
    ['transient_error', 'failed', 'ai.unavailable', 1],
  ] as const)('has the mock in mode %s without waiting for it', async (mode, status, code, calls) => {
    const began = performance.now()
    const { run, attempts, now } = await simulate([brief], { mode })
    expect(run.status).toBe(status)
    expect(run.error?.code ?? null).toBe(code)
    expect(attempts.find(({ step_id }) => step_id === 'draft')?.ai_calls).toHaveLength(calls)
    if (mode === 'timeout') expect(Date.parse(now) - Date.parse(T0)).toBeGreaterThanOrEqual(60_000)
    expect(performance.now() - began).toBeLessThan(2_000)
  })

  it('ends an attempt by the timeout of its step, where that is the shorter one', async () => {
    const text = LOOP.replace('type: ai_generate', 'type: ai_generate\n    timeout: 5s')
    const { run } = await simulate([brief], { text, mode: 'timeout' })
    expect(run.error?.message).toMatch(/5 s/)
  })

  it('answers calls by a script that sees what would have gone out', async () => {
    const seen: unknown[] = []
    const { run } = await simulate([brief, decide('approve')], {
      http: (call) => {
        seen.push([call.step, call.method, call.url])
        return { status: 500, body: { error: 'down' } }
      },
    })
    expect(seen[0]).toEqual(['publish', 'POST', 'https://cms.example.com/posts'])
    expect(run).toMatchObject({ status: 'failed', error: { step: 'publish' } })
  })

  it.each([
    ['a form that is not open', [decide('approve')], 0, 'No approval is open at step review.'],
    ['somebody who is not asked', [brief, decide('approve', 'eve@company.com')], 1, 'eve@company.com is not one of'],
    ['an answer that does not fit', [{ ...brief, values: {} } as SimulationAct], 0, 'do not fit'],
    ['an act after the end', [{ do: 'cancel', reason: '' }, brief] as SimulationAct[], 1, 'No form is open'],
  ])('stops at an act that cannot be done: %s', async (_, acts, act, message) => {
    const { problem } = await simulate(acts)
    expect(problem).toMatchObject({ act, message: expect.stringContaining(message) })
  })

  it('goes on from where it was canceled when it is retried', async () => {
    const { run } = await simulate([
      brief,
      { do: 'cancel', reason: 'wait' },
      { do: 'retry', from_step: null, inputs: null },
      decide('approve'),
    ])
    expect(run.status).toBe('completed')
    expect(run.steps.at(-1)?.epoch).toBe(1)
  })

  it('refuses a text with errors and inputs that do not fit, in a sentence', async () => {
    await expect(simulate([], { text: 'name: x' })).rejects.toMatchObject({ code: 'workflow.invalid' })
    const text = `name: x\ninputs: [{key: topic, type: text, required: true}]\nsteps: [{id: a, type: set, values: {b: "1"}}]`
    await expect(simulate([], { text })).rejects.toMatchObject({
      code: 'inputs.invalid',
      errors: [{ path: 'inputs.topic' }],
    })
  })

  it('says the same of the same script, to the letter', async () => {
    const once = async () => JSON.stringify(await simulate([brief, { do: 'wait', ms: DAY }, decide('approve')]))
    expect(await once()).toBe(await once())
  })
})

describe('every blueprint', () => {
  it.each(BLUEPRINTS)('$id runs to its end when people say yes', async ({ yaml }) => {
    const { run } = await answerEverything({ text: yaml, decision: 'approve' })
    expect(run.error).toBeNull()
    expect(run.status).toBe('completed')
  })

  it.each(BLUEPRINTS)(
    '$id ends by itself when nobody answers for a year, or waits for good reason',
    async ({ yaml }) => {
      const { run, problem } = await answerEverything({ text: yaml, decision: null })
      expect(problem).toBeNull()
      expect(run.error?.code ?? '').not.toMatch(/^(expression|template|step\.internal)/)
    },
  )
})
