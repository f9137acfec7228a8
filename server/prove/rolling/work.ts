import type { WorkflowDefinition } from '#lib/workflow/definition.ts'
import { written } from '../setting.ts'

/** Calls of a run to the outside, in order, and whether one may be repeated under its key. */
export const CALLS = { look: true, send: false, think: true, post: false } as const
export type CallName = keyof typeof CALLS

/** Steps of a run: the calls, a form, an approval. */
export const STEPS = 6

export const APPROVER = 'lead@company.com'

/** What a person answers in run `n`. */
export const wordOf = (n: number): string => `word of ${n}`

/** How long the outside takes. Of `think`, each third is longer than any worker waits when it stops. */
export function latency(call: CallName, n: number, longestMs: number): number {
  if (call === 'think' && n % 3 === 0) return longestMs
  return { look: 80, send: 300, think: 250, post: 150 }[call]
}

/** As an author would have written it: calls that may be repeated and such that may not, a form, an approval. */
export function rollingWorkflow(outside: string): WorkflowDefinition {
  const call = (id: CallName) => ({
    id,
    type: 'api_call',
    method: CALLS[id] ? 'PUT' : 'POST',
    url: `${outside}/${id}`,
    body: { n: '{{ n }}' },
    timeout: '5m',
    retry: { max_attempts: 1 },
  })
  const steps = [
    call('look'),
    { id: 'ask', type: 'form', fields: [{ key: 'word', type: 'string', required: true }] },
    call('send'),
    call('think'),
    { id: 'sign', type: 'approval', approvers: [APPROVER] },
    call('post'),
  ]
  const text = JSON.stringify({
    name: 'Rolling',
    inputs: [{ key: 'n', type: 'integer', required: true }],
    steps: steps.map((step, i) => ({ ...step, next: steps[i + 1]?.id ?? null })),
    outputs: { word: '{{ word }}' },
  })
  return written(text)
}
