import fc from 'fast-check'
import { expect, it } from 'vitest'
import { CASE_KEYS } from '#lib/workflow/cases/read-cases.ts'
import { EXPECT_KEYS } from '#lib/workflow/cases/read-expectation.ts'
import { runTests } from './run-tests.ts'

const FLOW = {
  name: 'Flow',
  start_step: 'brief',
  steps: [
    { id: 'brief', type: 'form', fields: [{ key: 'topic', type: 'text' }] },
    { id: 'draft', type: 'ai_generate', prompt: 'Write.', output_key: 'draft' },
    { id: 'review', type: 'approval', approvers: ['a@x.co', 'b@x.co'], policy: 'all', timeout: '2d', reminder: '1h' },
    { id: 'send', type: 'api_call', url: 'https://a.co' },
    { id: 'sub', type: 'workflow', workflow: 'Other', output_key: 'other' },
  ],
}

/** Words that mean something here, among others that do not. */
const word = fc.constantFrom(
  ...FLOW.steps.map(({ id }) => id),
  ...[
    'approve',
    'reject',
    'revise',
    'silence',
    'success',
    'timeout',
    'completed',
    '2d',
    'a@x.co',
    'http.timeout',
    '1 / 0',
  ],
  ...['__proto__', 'constructor', 'toString', '', '\u202e'],
)
const key = fc.oneof(
  word,
  fc.constantFrom(
    'by',
    'after',
    'submit',
    'status',
    'body',
    'error',
    'outputs',
    'case',
    'recorded',
    'topic',
    'count',
    'to',
  ),
)
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    word,
    fc.jsonValue({ maxDepth: 1 }),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(key, tie('value'), { maxKeys: 3 }),
  ),
}))
const section = fc.dictionary(fc.oneof(word, fc.constantFrom(...EXPECT_KEYS)), value, { maxKeys: 4 })
const test = fc
  .dictionary(fc.constantFrom(...CASE_KEYS), fc.oneof(section, value), { maxKeys: 6 })
  .map((parts) => ({ ...parts, name: 'x' }))

it('says of whatever stands under tests what is wrong with it, or plays it to an end', async () => {
  let played = 0
  await fc.assert(
    fc.asyncProperty(fc.array(test, { minLength: 1, maxLength: 2 }), async (tests) => {
      const report = await runTests(JSON.stringify({ ...FLOW, tests }))
      played += report.cases.length
      expect(report.workflow !== null || report.diagnostics.some(({ severity }) => severity === 'error')).toBe(true)
    }),
    { numRuns: 400, seed: 6 },
  )
  expect(played).toBeGreaterThan(10)
})
