import { z } from 'zod'
import { isJsonObject, type Json } from '#lib/json.ts'
import type { Given, PureStepType, Slot } from '#lib/workflow/catalog.ts'
import { evaluateExpression } from '#lib/workflow/expressions/evaluate.ts'
import { isTrue } from '#lib/workflow/expressions/truth.ts'
import { readCondition } from '#lib/workflow/normalise-condition.ts'
import { readTarget } from '#lib/workflow/normalise-target.ts'
import type { Scope } from '#lib/workflow/scope.ts'

const OTHERWISE = 'otherwise'

/** A step id, or null for the end. */
const Target = z.string().nullable()

export const ConditionalConfig = z.strictObject({
  condition: z.string().nullable().default(null).meta({
    title: 'Condition',
    written: 'condition',
    description: 'An expression such as `score > 80`, or {field, operator, value}, nested under all or any.',
  }),
  if_true: Target.optional().meta({
    title: 'If true',
    written: 'target',
    description: 'A step, or `end`. Not given: the following step.',
  }),
  if_false: Target.optional().meta({
    title: 'If false',
    written: 'target',
    description: 'A step, or `end`. Not given: the following step.',
  }),
  cases: z
    .array(z.strictObject({ when: z.string(), next: Target }))
    .max(50)
    .nullable()
    .default(null)
    .meta({
      title: 'Cases',
      description: 'A list of {when, next}; the first one that holds is taken.',
      written: {
        type: 'array',
        items: {
          type: 'object',
          properties: {
            when: {
              allOf: [{ $ref: '#/definitions/condition' }],
              description: 'A condition; the first that holds is taken.',
            },
            next: { allOf: [{ $ref: '#/definitions/target' }], description: 'Where to go then: a step, or `end`.' },
          },
          required: ['when', 'next'],
          additionalProperties: false,
        },
      },
    }),
  default: Target.optional().meta({
    title: 'Otherwise',
    written: 'target',
    description: 'Where to go when no case holds. Not given: the following step.',
  }),
})
export type ConditionalConfig = z.infer<typeof ConditionalConfig>

export const conditional: PureStepType<ConditionalConfig> = {
  type: 'conditional',
  behavior: 'pure',
  source: 'pure',
  label: 'Condition',
  summary: 'Goes one way or another.',
  docs: `Either \`condition\` with \`if_true\` and \`if_false\`, or \`cases: [{when, next}]\` with \`default\`. \`null\` or \`end\` finishes
the run; a branch that is not given continues with the following step.

Its output is \`{result, branch}\`, at \`steps.<id>.output\`.`,
  example: `id: check_score
type: conditional
condition: score > 80
if_true: end
`,
  // biome-ignore lint/suspicious/noThenProperty: `then` is a key of the language, and its value no function
  aliases: { when: 'condition', then: 'if_true', else: 'if_false' },
  later: [],
  config: ConditionalConfig,
  merge: () => ({}),
  canonicalise(raw, reader) {
    const config: Record<string, unknown> = { ...raw }
    if (raw.condition !== undefined) config.condition = readCondition(raw.condition, ['condition'], reader) ?? 'true'
    for (const key of ['if_true', 'if_false', 'default']) {
      const target = raw[key]
      if (target !== undefined) config[key] = readTarget(target, [key], reader)
    }
    if (Array.isArray(raw.cases)) {
      config.cases = raw.cases.map((item: Json, i) => {
        if (!isJsonObject(item)) return item
        const read: Record<string, unknown> = { ...item }
        if (item.when !== undefined) read.when = readCondition(item.when, ['cases', i, 'when'], reader) ?? 'true'
        if (item.next !== undefined) read.next = readTarget(item.next, ['cases', i, 'next'], reader)
        return read
      })
    }
    return config as typeof raw
  },
  check(config, reader) {
    const { condition, cases } = config
    if (condition === null && cases === null) {
      reader.error('step.missing_key', `Step ${reader.step} needs a condition. Write condition: or cases:.`, [])
    }
    if (condition !== null && cases !== null) {
      reader.error('step.exclusive_keys', 'Give either condition or cases, not both.', ['cases'])
    }
    if (cases === null && config.default !== undefined) {
      reader.error('step.exclusive_keys', 'default belongs to cases. With condition use if_false.', ['default'])
    }
    if (condition === null && cases !== null && (config.if_true !== undefined || config.if_false !== undefined)) {
      const key = config.if_true === undefined ? 'if_false' : 'if_true'
      reader.error('step.exclusive_keys', `${key} belongs to condition. With cases use next and default.`, [key])
    }
    if (cases?.length === 0) reader.error('step.missing_key', 'cases holds at least one {when, next}.', ['cases'])
    if (condition !== null && config.if_true === undefined && config.if_false === undefined) {
      reader.warning('conditional.no_branch', 'Both ways lead to the following step. Give if_true or if_false.', [
        'condition',
      ])
    }
  },
  slots(config) {
    const slots: Slot[] = []
    if (config.condition !== null)
      slots.push({ path: ['condition'], kind: 'expression', source: config.condition, secrets: false })
    for (const [i, { when }] of (config.cases ?? []).entries()) {
      const given = noneOf(config, i)
      slots.push({ path: ['cases', i, 'when'], kind: 'expression', source: when, secrets: false, given })
    }
    return slots
  },
  jumps: (config) =>
    [
      { to: config.if_true, path: ['if_true'], label: 'true', given: turned(config, true) },
      { to: config.if_false, path: ['if_false'], label: 'false', given: turned(config, false) },
      ...(config.cases ?? []).map(({ when, next }, i) => ({
        to: next,
        path: ['cases', i, 'next'],
        label: when,
        given: [...noneOf(config, i), { source: when, holds: true }],
      })),
      { to: config.default, path: ['default'], label: OTHERWISE, given: noneOf(config) },
    ].flatMap(({ to, ...jump }) => (to === undefined ? [] : [{ to, ...jump }])),
  decidesNext: (config) =>
    config.cases === null
      ? config.if_true !== undefined && config.if_false !== undefined
      : config.default !== undefined,
  nextLabel(config) {
    if (config.cases !== null) return OTHERWISE
    if (config.if_true === undefined) return config.if_false === undefined ? null : 'true'
    return 'false'
  },
  nextGiven(config) {
    if (config.cases !== null) return noneOf(config)
    if (config.if_true === undefined && config.if_false === undefined) return []
    return turned(config, config.if_true === undefined)
  },
  output: () => ({
    type: 'object',
    properties: { result: { type: 'boolean' }, branch: { type: 'string' } },
    required: ['result', 'branch'],
    additionalProperties: false,
  }),
  decide(config, scope) {
    if (config.cases === null) {
      const result = holds(config.condition ?? 'true', scope)
      return answer(result, result ? 'if_true' : 'if_false', result ? config.if_true : config.if_false)
    }
    const taken = config.cases.findIndex(({ when }) => holds(when, scope))
    return taken < 0
      ? answer(false, 'default', config.default)
      : answer(true, `cases[${taken}]`, config.cases[taken]?.next)
  },
}

function turned({ condition }: ConditionalConfig, holds: boolean): readonly Given[] {
  return condition === null ? [] : [{ source: condition, holds }]
}

/** That none of the cases before this one held; of all where none is named. */
function noneOf({ cases }: ConditionalConfig, before?: number): readonly Given[] {
  return (cases ?? []).slice(0, before).map(({ when }) => ({ source: when, holds: false }))
}

function holds(source: string, scope: Scope): boolean {
  return isTrue(evaluateExpression(source, scope))
}

function answer(result: boolean, branch: string, next: string | null | undefined) {
  return next === undefined ? { output: { result, branch } } : { output: { result, branch }, next }
}
