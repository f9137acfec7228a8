import { z } from 'zod'
import type { ForkStepType } from '#lib/workflow/catalog.ts'
import { ExpressionError } from '#lib/workflow/expressions/errors.ts'
import { evaluateExpression } from '#lib/workflow/expressions/evaluate.ts'
import { fieldKeyProblem } from '#lib/workflow/names.ts'

/** What an item is called in any case: a namespace, so that no other name can be meant by it. */
const ITEM = 'item'

export const ForEachConfig = z.strictObject({
  items: z
    .string()
    .min(1)
    .meta({ title: 'Items', written: 'expression', description: 'An expression that gives a list.' }),
  as: z
    .string()
    .default(ITEM)
    .meta({ title: 'As', description: 'What the item is called in the steps, beside `item`.' }),
  max_concurrency: z.int().min(1).max(1_000).nullable().default(null).meta({
    title: 'At once',
    description: 'How many items may be under way at the same time. Not given: all of them.',
  }),
})
export type ForEachConfig = z.infer<typeof ForEachConfig>

export const forEach: ForkStepType<ForEachConfig> = {
  type: 'for_each',
  behavior: 'fork',
  holds: 'steps',
  source: 'pure',
  label: 'For each',
  summary: 'Runs its steps once for each item of a list.',
  docs: `\`items\` is an expression that gives a list. The \`steps\` run for each of its items, side by side, at most
\`max_concurrency\` at once; they read the item as \`item\` and by the name under \`as\`. Where one fails, the step fails and the
others are canceled.

Inside, \`end\` is the end of that item, and no jump leads in or out. What the steps give stands at \`steps.<id>.output\` for the
steps of the same item, and afterwards in a list in the order of the items: \`steps.<for_each>.output[0].<id>\`. Nothing of it
merges into \`runtime\`.`,
  example: `id: greetings
type: for_each
items: "['Ada', 'Grace']"
as: person
max_concurrency: 5
steps:
  - id: greet
    type: ai_generate
    prompt: Write one friendly line to {{ person }}.
`,
  aliases: {},
  later: [],
  config: ForEachConfig,
  check(config, reader) {
    const problem = config.as === ITEM ? null : fieldKeyProblem(config.as)
    if (problem !== null) reader.error('step.bad_name', problem, ['as'])
  },
  slots: (config) => [{ path: ['items'], kind: 'expression', source: config.items, secrets: false, wants: 'list' }],
  jumps: () => [],
  merge: () => ({}),
  output: () => ({ type: 'array' }),
  fork(config, scope) {
    const items = evaluateExpression(config.items, scope)
    if (Array.isArray(items)) return { over: 'items', items, max_concurrency: config.max_concurrency }
    throw new ExpressionError('expression.type', 'items gives no list.', 0, { length: config.items.length })
  },
}
