import { createHash } from 'node:crypto'
import type { Json } from '#lib/json.ts'

/**
 * What the runs of the storm do: every kind of step that a crash treats in its own way. A `put` and a `keyed` POST are simply
 * repeated, a `post` is not, `note` is pure, `rest` a timer, `ask` a person.
 */
const PATTERN = ['put', 'post', 'note', 'keyed', 'rest', 'put', 'post', 'ask', 'put', 'post'] as const

export const REST_MS = 300

export interface StormStep {
  readonly id: string
  readonly kind: (typeof PATTERN)[number]
}

/** So many steps, one after the other. */
export function stormSteps(count: number): readonly StormStep[] {
  return Array.from({ length: count }, (_, i) => {
    const kind = PATTERN[i % PATTERN.length] ?? 'put'
    return { id: `${kind}_${i + 1}`, kind }
  })
}

export const isEffect = ({ kind }: StormStep): boolean => kind === 'put' || kind === 'post' || kind === 'keyed'

/** What the ledger answers to a value: each step's answer goes into the next one's request, so that none can be left out. */
export function link(value: string, word: string, step: string): string {
  return createHash('sha256').update(`${value} ${word} ${step}`).digest('hex').slice(0, 16)
}

/** What a person answers in a run. */
export const wordOf = (n: number, step: string): string => `word ${n} of ${step}`

/** The workflow as an author would have written it. */
export function stormText(steps: readonly StormStep[], ledger: string): string {
  let value = '{{ n }}'
  let word = ''
  const written = steps.map((step) => {
    const { id, kind } = step
    switch (kind) {
      case 'note':
        return { id, type: 'set', values: { [id]: value } }
      case 'rest':
        return { id, type: 'delay', for: `${REST_MS}ms` }
      case 'ask':
        word = `{{ ${id} }}`
        return { id, type: 'form', fields: [{ key: id, type: 'string', required: true }] }
    }
    const call = {
      id,
      type: 'api_call',
      method: kind === 'put' ? 'PUT' : 'POST',
      ...(kind === 'keyed' ? { idempotent: true } : {}),
      url: `${ledger}/effects/${id}`,
      body: { value, word },
      retry: { max_attempts: 1 },
    }
    value = `{{ steps.${id}.output.body.value }}`
    return call
  })
  return JSON.stringify({
    name: 'Storm',
    start_step: steps[0]?.id,
    inputs: [{ key: 'n', type: 'integer', required: true }],
    steps: written.map((step, i) => ({ ...step, next: written[i + 1]?.id ?? null })),
    outputs: { value },
  })
}

/** What each step of run `n` has for its output when nothing goes wrong: of a call, status and body. */
export function expectedOutputs(steps: readonly StormStep[], n: number): { outputs: Json; steps: Map<string, Json> } {
  let value = String(n)
  let word = ''
  const expected = new Map<string, Json>()
  for (const step of steps) {
    const { id, kind } = step
    if (kind === 'note') expected.set(id, { [id]: value })
    else if (kind === 'rest') expected.set(id, {})
    else if (kind === 'ask') {
      word = wordOf(n, id)
      expected.set(id, { [id]: word })
    } else {
      value = link(value, word, id)
      expected.set(id, { status: 200, body: { value } })
    }
  }
  return { outputs: { value }, steps: expected }
}
