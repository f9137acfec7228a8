import { afterAll, beforeAll, expect, it } from 'vitest'
import { workflowVersions } from '#drizzle/schema/index.ts'
import { type TestApp, testApp } from '#server/testing/app.ts'
import { getApproval } from '../approvals/get.ts'
import type { ServiceContext } from '../context.ts'
import { begin, person } from '../testing.ts'
import { getRunContext } from './context.ts'
import { getRun } from './get.ts'
import { getRunHistory } from './history.ts'

let app: TestApp
let ctx: ServiceContext

beforeAll(async () => {
  app = await testApp({ LOG_LEVEL: 'silent' })
  ctx = app.context(await person(app, 'admin', 'sarah@company.com'))
})
afterAll(() => app.drop())

/** Names that neither their letters nor their lengths put into this order, which is how a `jsonb` column would. */
const LETTER = `name: Letter
static: {zone: {west: 1, an: 2, east: 3}}
inputs: [{key: topic, type: string}, {key: by, type: string}, {key: audience, type: string}]
steps:
  - {id: draft, type: set, values: {letter: {terms: net 30, partner: Acme, by: "{{ by }}", about: "{{ topic }}"}}}
  - id: review
    type: approval
    approvers: [sarah@company.com]
    self_approval: true
    show: {Terms: "{{ letter.terms }}", Partner: "{{ letter.partner }}", By: "{{ by }}", All of it: "{{ letter }}"}
outputs: {terms: "{{ letter.terms }}", by: "{{ by }}", all: "{{ letter }}"}
`
const SHOWN = ['Terms', 'Partner', 'By', 'All of it']
/** The letter as JSON, in the author's order. */
const LETTER_TEXT = '{"terms":"net 30","partner":"Acme","by":"Ann","about":"prices"}'
const LETTER_KEYS = ['terms', 'partner', 'by', 'about']

it("keeps the author's order of keys from the text to the approval, the context and the history", async () => {
  const inputs = { topic: 'prices', by: 'Ann', audience: 'partners' }
  const started = await begin(ctx, LETTER, inputs)
  const id = started.run_id
  const run = await getRun({ ctx, input: { id, query: {} } })
  expect(Object.keys(run.inputs)).toEqual(['topic', 'by', 'audience'])

  const [version] = await app.database.db.select().from(workflowVersions)
  expect(version?.definition.steps[1]?.config).toMatchObject({ show: {} })
  expect(Object.keys(version?.definition.steps[1]?.config.show ?? {})).toEqual(SHOWN)

  const { show } = await getApproval({ ctx, input: { id: run.waiting?.wait_id ?? '' } })
  expect(Object.keys(show)).toEqual(SHOWN)
  expect(Object.keys(show['All of it'] as object)).toEqual(LETTER_KEYS)

  const context = await getRunContext({ ctx, input: { id, query: {} } })
  expect(Object.keys((context.static as { zone: object }).zone)).toEqual(['west', 'an', 'east'])
  expect(Object.keys((context.runtime as { letter: object }).letter)).toEqual(LETTER_KEYS)

  const { steps } = await getRunHistory({ ctx, input: { id } })
  expect(steps[0]?.step_id).toBe('draft')
  expect(JSON.stringify(steps[0]?.output)).toContain(LETTER_TEXT)
})
