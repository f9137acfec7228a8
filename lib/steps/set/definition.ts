import { z } from 'zod'
import type { PureStepType } from '#lib/workflow/catalog.ts'
import { fieldKeyProblem } from '#lib/workflow/names.ts'
import { dynamicSlots, evaluateAll } from '../dynamic.ts'
import { NamedValues } from '../values.ts'

export const SetConfig = z.strictObject({
  values: NamedValues.meta({
    title: 'Values',
    written: 'values',
    description:
      'Name → expression or template. Plain text is an expression; write `"\'text\'"` or a template for text itself.',
  }),
})
export type SetConfig = z.infer<typeof SetConfig>

export const set: PureStepType<SetConfig> = {
  type: 'set',
  behavior: 'pure',
  source: 'pure',
  label: 'Set',
  summary: 'Computes values and keeps them.',
  docs: `Each value is an expression (\`price * quantity\`) or a template (\`"Dear {{ name }}"\`), and stands at \`runtime.<name>\` afterwards.
All of them are computed from what was there before the step. Numbers, booleans, lists and mappings are taken as they are;
texts inside lists and mappings are templates.`,
  example: `id: totals
type: set
values:
  total: 19 * 3
  label: "Order of {{ 19 * 3 }}"
`,
  aliases: {},
  later: [],
  config: SetConfig,
  check(config, reader) {
    const names = Object.keys(config.values)
    if (names.length === 0) reader.error('step.missing_key', 'values holds at least one name.', ['values'])
    for (const name of names) {
      const problem = fieldKeyProblem(name)
      if (problem !== null) reader.error('step.bad_name', problem, ['values', name])
    }
  },
  slots: (config) => dynamicSlots(['values'], config.values),
  jumps: () => [],
  output: (config) => ({
    type: 'object',
    properties: Object.fromEntries(Object.keys(config.values).map((name) => [name, {}])),
    required: Object.keys(config.values),
    additionalProperties: false,
  }),
  computes: (config) => config.values,
  decide: (config, scope) => ({ output: evaluateAll(config.values, scope) }),
}
