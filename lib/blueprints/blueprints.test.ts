import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../json.ts'
import { runTests } from '../simulation/cases/run-tests.ts'
import { simulateRun } from '../simulation/simulate-run.ts'
import type { SimulationAct } from '../simulation/types.ts'
import { stepCatalog } from '../steps/definitions.ts'
import { DAY } from '../time.ts'
import { validateWorkflow } from '../workflow/validate.ts'
import { BLANK, BLUEPRINTS } from './blueprints.ts'
import { sampleWorkflow } from './sample.ts'

/** What people answer to a blueprint's first question. */
const ANSWERS: Readonly<Record<string, JsonObject>> = {
  'reply-draft': { customer: 'Robin', message: 'Where is my parcel?', tone: 'brief' },
  refund: { order: 'A-10442', amount: 400, reason: 'unwanted', story: null },
  newsletter: { month: 'May', news: 'We moved.' },
  'expense-request': { purpose: 'A train to Ghent', amount: 900 },
  'purchase-request': { goods: 'A lamp', price: 90, urgent: false, reason: 'It is dark.' },
  'vendor-onboarding': { company: 'Lamps Ltd', contact: 'a@lamps.example', offer: 'Lamps', personal_data: false },
  'meeting-notes': { meeting: 'Monday', notes: 'Ann writes the plan.' },
  'hiring-feedback': { candidate: 'Ann', skill: 4, teamwork: 4, clarity: 5, notes: 'She explained it well.' },
  'incident-note': { service: 'Mail', severity: 'critical', known: 'No mail since 9:10.' },
  'contract-review': { partner: 'Lamps Ltd', worth: 5000, clauses: 'They may raise the price at any time.' },
  'blog-post': { topic: 'Durable runs', audience: 'developers' },
  'lead-intake': { name: 'Ann', email: 'ann@example.com', topics: ['demo'], message: 'Hello', newsletter: null },
}
const STARTER = { name: 'Sarah', email: 'sarah@company.com' }

function yamlOf(id: string): string {
  const yaml = BLUEPRINTS.find((blueprint) => blueprint.id === id)?.yaml
  if (yaml === undefined) throw new Error(`no blueprint ${id}`)
  return yaml
}

/** Plays a text until it ends or waits for nobody, everybody who is asked saying the same. */
async function playAll(text: string, answers: JsonObject, decision: 'approve' | 'reject') {
  const takesInputs = /^inputs:/m.test(text)
  const acts: SimulationAct[] = []
  for (;;) {
    const played = await simulateRun({ text, inputs: takesInputs ? answers : {}, acts, startedBy: STARTER })
    expect(played.problem).toBeNull()
    const { waiting, current_step: step } = played.run
    if (waiting === null || step === null || acts.length > 10) return played
    const asked = waiting.approval?.approvers.find(({ awaited }) => awaited)
    acts.push(
      asked === undefined
        ? { do: 'submit', step, values: answers }
        : { do: 'decide', step, approver: asked.email, decision, comment: 'Because.' },
    )
  }
}

describe('what authors begin from', () => {
  it('is offered under ids of its own, what needs no setting first', () => {
    expect(BLUEPRINTS.length).toBeGreaterThanOrEqual(10)
    expect(new Set(BLUEPRINTS.map(({ id }) => id)).size).toBe(BLUEPRINTS.length)
    const needs = BLUEPRINTS.map((blueprint) => (blueprint.needs.length === 0 ? 0 : 1))
    expect(needs).toEqual(needs.toSorted())
  })

  it.each(BLUEPRINTS)(
    '$id validates without a warning once what it says it needs is set',
    ({ yaml, steps, needs, tags }) => {
      const known = { secrets: [...needs], statics: [], templates: [] }
      const { definition, diagnostics } = validateWorkflow(yaml, stepCatalog, known)
      expect(diagnostics).toEqual([])
      expect(definition?.steps.map(({ type }) => type)).toEqual(steps)
      expect(definition?.tags).toEqual(tags)
    },
  )

  it.each(BLUEPRINTS)('$id calls other systems only if it says that it needs something', ({ steps, needs }) => {
    expect(steps.includes('api_call')).toBe(needs.length > 0)
  })

  it.each(BLUEPRINTS.map(({ id }) => id))('%s runs to its end when everybody agrees', async (id) => {
    const { run } = await playAll(yamlOf(id), ANSWERS[id] ?? {}, 'approve')
    expect(run.status, run.error?.message).toBe('completed')
  })

  it.each(BLUEPRINTS.filter(({ steps }) => steps.includes('approval')).map(({ id }) => id))(
    '%s ends as its author says when somebody refuses',
    async (id) => {
      const { run } = await playAll(yamlOf(id), ANSWERS[id] ?? {}, 'reject')
      const goesOn = yamlOf(id).includes('on_reject:')
      expect(run.steps.some(({ type }) => type === 'approval')).toBe(true)
      expect([run.status, run.error?.code ?? null]).toEqual(
        goesOn ? ['completed', null] : ['failed', 'approval.rejected'],
      )
    },
  )

  it('sends a small refund for a good reason past everybody', async () => {
    const { run } = await playAll(yamlOf('refund'), { ...ANSWERS.refund, amount: 20, reason: 'lost' }, 'reject')
    expect(run.outputs).toEqual({ order: 'A-10442', outcome: 'granted at once' })
  })

  it('asks the director when the lead is silent', async () => {
    const { mails, run } = await simulateRun({
      text: yamlOf('purchase-request'),
      inputs: {},
      acts: [
        { do: 'submit', step: 'request', values: ANSWERS['purchase-request'] ?? {} },
        { do: 'wait', ms: 3 * DAY },
      ],
      startedBy: STARTER,
    })
    expect(run.status).toBe('waiting')
    expect(mails.map(({ to }) => to)).toContain('director@example.com')
  })

  it.each(BLUEPRINTS)('$id comes with tests that pass and come to every step', async ({ yaml }) => {
    const { cases, coverage } = await runTests(yaml)
    expect(cases.length).toBeGreaterThan(0)
    expect(
      cases.flatMap(({ name, findings }) => findings.map(({ line, what, message }) => [name, line, what, message])),
    ).toEqual([])
    expect(coverage?.steps.missed).toEqual([])
  })

  it('has an empty page that can be saved as it is', () => {
    expect(validateWorkflow(BLANK, stepCatalog).diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  })
})

describe('the sample of a new workspace', () => {
  const text = sampleWorkflow("o'hara+x@company.com")
  const answers = { customer: 'Robin', message: 'Where is it?', tone: 'formal' }

  it('validates without a warning and without any setting', () => {
    const { diagnostics } = validateWorkflow(text, stepCatalog, { secrets: [], statics: [], templates: [] })
    expect(diagnostics).toEqual([])
  })

  it('comes with tests that pass', async () => {
    const { cases } = await runTests(text)
    expect(cases.map(({ findings }) => findings)).toEqual([[], []])
  })

  it.each([
    ['approve', 'approved, ready to send'],
    ['reject', 'rejected, nothing is sent'],
  ] as const)('is decided by the person who started it: %s', async (decision, outcome) => {
    const { run } = await simulateRun({
      text,
      inputs: {},
      acts: [
        { do: 'submit', step: 'message', values: answers },
        { do: 'decide', step: 'review', approver: "o'hara+x@company.com", decision, comment: '' },
      ],
      startedBy: { name: 'Owner', email: "o'hara+x@company.com" },
    })
    expect(run).toMatchObject({ status: 'completed', outputs: { outcome } })
  })
})
