import type { WorkflowDefinition } from '#lib/workflow/definition.ts'
import { written } from '../setting.ts'

/** One kind of step between two calls, as an author writes it. `URL` stands for the outside, `CHILD` for the other workflow. */
export interface Case {
  readonly steps: readonly object[]
  /** The workflow that it calls. */
  readonly child?: readonly object[]
  /** Runs that take turns. */
  readonly runs?: number
  /** A person cancels it as soon as it waits. */
  readonly canceled?: boolean
  /** Its worker is told to stop while the effect `slow` is under way, which answers only to a repeat. */
  readonly stopped?: boolean
  /** The step that calls has a time of its own: where that is over before the other workflow is begun, it never is. */
  readonly impatient?: boolean
  /** Its first process is always killed here, and the points are those of the next one. */
  readonly first?: string
}

const call = (id: string, more: object = {}) => ({
  id,
  type: 'api_call',
  method: 'PUT',
  url: `URL/effects/${id}`,
  retry: { max_attempts: 1 },
  ...more,
})
const put = (id: string) => call(id, { body: { from: id } })
const post = (id: string) => call(id, { method: 'POST', body: { from: id } })
const ask = (id: string, more: object = {}) => ({
  id,
  type: 'form',
  assignee: 'editor@company.com',
  fields: [{ key: id, type: 'string', required: true }],
  ...more,
})
/** A point is that of the first effect that comes by it, so what has one of its own begins with it. */
const begun = (step: object) => [step, put('last')]
const between = (...steps: readonly object[]) => [put('first'), ...steps, put('last')]

const cases = {
  set: { steps: begun({ id: 'note', type: 'set', values: { a: '1' } }) },
  conditional: {
    steps: between(
      { id: 'check', type: 'conditional', condition: '1 == 1', if_true: 'yes', if_false: 'no' },
      { ...put('yes'), next: 'last' },
      put('no'),
    ),
  },
  'api_call GET': { steps: begun(call('probe', { method: 'GET' })) },
  'api_call PUT': { steps: begun(put('probe')) },
  'api_call POST': { steps: begun(post('probe')) },
  'api_call POST, idempotent': { steps: begun({ ...post('keyed'), idempotent: true }) },
  'api_call POST, unknown': { steps: between(post('probe')), first: 'after sent' },
  'api_call, tried again': {
    steps: between(call('shaky', { body: {}, retry: { max_attempts: 2, interval: '100ms', jitter: 0 } })),
  },
  ai_generate: { steps: begun({ id: 'draft', type: 'ai_generate', prompt: 'Write a line.' }) },
  form: { steps: between(ask('brief')) },
  approval: { steps: between({ id: 'review', type: 'approval', approvers: ['editor@company.com'], reminder: '1h' }) },
  'approval that expires': {
    steps: between({
      id: 'review',
      type: 'approval',
      approvers: ['editor@company.com'],
      message: 'in silence',
      timeout: '300ms',
      on_timeout: 'approve',
    }),
  },
  delay: { steps: between({ id: 'rest', type: 'delay', for: '200ms' }) },
  parallel: {
    steps: between({ id: 'both', type: 'parallel', branches: { left: [put('left')], right: [post('right')] } }),
  },
  'parallel, first wins': {
    steps: between({
      id: 'race',
      type: 'parallel',
      join: 'any',
      branches: { quick: [put('quick')], slow: [{ id: 'slow', type: 'delay', for: '1h' }] },
    }),
  },
  for_each: {
    steps: between({ id: 'each', type: 'for_each', items: '[1, 2, 3]', max_concurrency: 2, steps: [put('greet')] }),
  },
  workflow: { steps: between({ id: 'sub', type: 'workflow', workflow: 'CHILD' }), child: [post('inner')] },
  'workflow left behind': {
    steps: between({
      id: 'race',
      type: 'parallel',
      join: 'any',
      branches: {
        quick: [{ id: 'rest', type: 'delay', for: '300ms' }],
        sub: [{ id: 'sub', type: 'workflow', workflow: 'CHILD' }],
      },
    }),
    child: [{ id: 'long', type: 'delay', for: '1h' }],
    impatient: true,
  },
  concurrency: { steps: [put('turn')], runs: 2 },
  cancel: { steps: between(ask('brief')), canceled: true },
  'worker that stops': { steps: between(put('slow')), stopped: true },
} as const satisfies { readonly [name: string]: Case }

export type CaseName = keyof typeof cases
export const CASES: { readonly [K in CaseName]: Case } = cases

/** The workflow of some steps, read as an author's text is. */
export function writtenWith(
  name: string,
  steps: readonly object[],
  { url, child }: { url: string; child: string },
): WorkflowDefinition {
  return written(JSON.stringify({ name, steps }).replaceAll('URL', url).replaceAll('CHILD', child))
}
