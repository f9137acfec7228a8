import { z } from 'zod'
import type { ForkStepType } from '#lib/workflow/catalog.ts'

export const ParallelConfig = z.strictObject({
  join: z
    .union([
      z.enum(['all', 'any']),
      z.strictObject({ at_least: z.int().min(1).meta({ description: 'So many branches must end well.' }) }),
    ])
    .default('all')
    .meta({
      title: 'Join',
      description: 'all, any or {at_least: n}: how many branches must end well. The others are canceled then.',
    }),
})
export type ParallelConfig = z.infer<typeof ParallelConfig>

export const parallel: ForkStepType<ParallelConfig> = {
  type: 'parallel',
  behavior: 'fork',
  holds: 'branches',
  source: 'pure',
  label: 'Side by side',
  summary: 'Runs branches side by side and goes on when they are done.',
  docs: `Each of the \`branches\` is a list of steps. They begin together, and the run goes on when all have ended; with
\`join: any\` or \`join: {at_least: 2}\` once that many have, and the others are canceled. A branch that fails fails the step as
soon as the join cannot be reached any more.

Inside a branch \`end\` is the end of that branch, and no jump leads in or out. What its steps give stands at
\`steps.<id>.output\` for the steps of the same branch, and afterwards at \`steps.<parallel>.output.<branch>.<id>\`; nothing of it
merges into \`runtime\`.`,
  example: `id: checks
type: parallel
branches:
  legal:
    - id: legal_review
      type: approval
      approvers: [legal@company.com]
  price:
    - id: price_review
      type: approval
      approvers: [sales@company.com]
join: all
`,
  aliases: {},
  later: [],
  config: ParallelConfig,
  check({ join }, reader) {
    if (typeof join !== 'object' || join.at_least <= reader.blocks.length) return
    const branches = `${reader.blocks.length} branch${reader.blocks.length === 1 ? '' : 'es'}`
    const message = `${join.at_least} branches cannot end well where there are ${branches}. Add some, or lower at_least.`
    reader.error('step.join_impossible', message, ['join', 'at_least'])
  },
  slots: () => [],
  jumps: () => [],
  merge: () => ({}),
  output: () => ({ type: 'object' }),
  fork: ({ join }) => ({ over: 'blocks', join }),
}
