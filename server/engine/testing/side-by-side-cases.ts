import { readFileSync } from 'node:fs'
import type { Json } from '#lib/json.ts'
import type { MockMode } from '#lib/mock-ai/modes.ts'
import type { HttpReplies } from '#lib/simulation/scripted-http.ts'
import type { SimulationAct } from '#lib/simulation/types.ts'
import { HOUR, MINUTE } from '#lib/time.ts'

/** Where the workflows call; the tests put a real server there. */
export const OUTSIDE = 'https://orders.example.com'
const SIDE_BY_SIDE = readFileSync(new URL('../../../lib/workflow/fixtures/side-by-side.yaml', import.meta.url), 'utf8')

export interface Case {
  readonly text: string
  readonly acts: readonly SimulationAct[]
  readonly ends: string
  readonly mode?: MockMode
}

const wait = (ms: number): SimulationAct => ({ do: 'wait', ms })
const decide = (step: string, who: string, decision: 'approve' | 'reject' = 'approve'): SimulationAct => ({
  do: 'decide',
  step,
  approver: `${who}@company.com`,
  decision,
  comment: 'As agreed.',
})
const brief: SimulationAct = { do: 'submit', step: 'brief', values: { topic: 'Tea' } }
const retry: SimulationAct = { do: 'retry', from_step: null, inputs: null }

export const CASES: Readonly<Record<string, Case>> = {
  'branches that people answer, and items one after the other': {
    text: SIDE_BY_SIDE,
    acts: [brief, wait(MINUTE), decide('price_review', 'sales'), wait(MINUTE), decide('legal_review', 'legal')],
    ends: 'completed',
  },
  'a branch that is rejected, and a retry in which it is not': {
    text: SIDE_BY_SIDE,
    acts: [
      brief,
      decide('price_review', 'sales'),
      wait(MINUTE),
      decide('legal_review', 'legal', 'reject'),
      retry,
      decide('legal_review', 'legal'),
    ],
    ends: 'completed',
  },
  'branches, canceled while some wait': {
    text: SIDE_BY_SIDE,
    acts: [brief, decide('legal_review', 'legal'), { do: 'cancel', reason: 'enough' }],
    ends: 'canceled',
  },
  'items at once, with attempts that fail and one that fails for good': {
    text: `name: Orders
steps:
  - id: orders
    type: for_each
    items: "['a', 'busy', 'c', 'gone', 'busy-too', 'f']"
    as: order
    max_concurrency: 2
    steps:
      - id: book
        type: api_call
        method: POST
        url: ${OUTSIDE}/book/{{order}}
        body: {order: "{{order}}"}
        retry: {max_attempts: 3, interval: 10s, jitter: 0}
        on_error: note
      - {id: rest, type: delay, for: 5m, when: "order == 'c'"}
      - {id: done, type: api_call, url: "${OUTSIDE}/state/{{order}}", next: end}
      - {id: note, type: set, values: {missing: "{{order}}"}}
outputs: {orders: "{{steps.orders.output}}"}
`,
    acts: [wait(HOUR)],
    ends: 'completed',
  },
  'an item that fails and takes the others with it, then goes on where each stood': {
    text: `name: Orders
steps:
  - id: orders
    type: for_each
    items: "['a', 'fails-once', 'c']"
    steps:
      - {id: soon, type: delay, for: 1m, when: "item == 'fails-once'"}
      - {id: later, type: delay, for: 1h, when: "item == 'c'"}
      - {id: book, type: api_call, method: PUT, url: "${OUTSIDE}/once/{{item}}", retry: false}
  - {id: after, type: set, values: {count: len(steps.orders.output)}}
`,
    acts: [wait(2 * MINUTE), retry, wait(2 * HOUR)],
    ends: 'completed',
  },
  'joins of any and of two, whose losers wait, sleep, back off or ask': {
    text: `name: Joins
steps:
  - id: first
    type: parallel
    join: any
    branches:
      asked: [{id: legal_asked, type: approval, approvers: [legal@company.com]}]
      slow: [{id: nap, type: delay, for: 3h}, {id: late, type: set, values: {late: true}}]
      filled: [{id: fill, type: form, fields: [{key: topic, type: text, required: true}]}]
      busy:
        - {id: call, type: api_call, url: "${OUTSIDE}/always-busy", retry: {max_attempts: 2, interval: 2h, jitter: 0}}
  - id: second
    type: parallel
    join: {at_least: 2}
    branches:
      call: [{id: get, type: api_call, url: "${OUTSIDE}/two"}]
      nested:
        - id: inner
          type: for_each
          items: "[1, 2]"
          steps: [{id: nap_inner, type: delay, for: 2h}, {id: post, type: api_call, method: POST, url: "${OUTSIDE}/item/{{item}}"}]
      soon: [{id: nap_soon, type: delay, for: 30m}]
  - id: third
    type: parallel
    join: any
    branches: {one: [{id: one, type: set, values: {n: 1}}], two: [{id: two, type: set, values: {n: 2}}]}
outputs: {won: "{{steps.third.output}}", two: "{{steps.second.output}}"}
`,
    acts: [wait(HOUR), { do: 'submit', step: 'fill', values: { topic: 'Tea' } }, wait(HOUR)],
    ends: 'completed',
  },
  'steps that take longer than they may': {
    text: `name: Patience
steps:
  - id: asked
    type: parallel
    timeout: 2h
    on_error: drafts
    branches:
      legal: [{id: legal_asked, type: approval, approvers: [legal@company.com]}]
      slow: [{id: nap, type: delay, for: 5h}]
      quick: [{id: quick, type: api_call, url: "${OUTSIDE}/quick"}]
  - {id: never, type: set, values: {never: true}}
  - id: drafts
    type: for_each
    items: "['tea', 'coffee']"
    steps:
      - {id: draft, type: ai_generate, prompt: "About {{item}}", timeout: 1s, max_retries: 0, retry: false, on_error: plain}
      - {id: unreached, type: set, values: {never: true}, next: end}
      - {id: plain, type: set, values: {text: "{{item}}"}}
  - {id: all, type: for_each, items: "[1, 2]", timeout: 1h, steps: [{id: nap_each, type: delay, for: 40m}, {id: again, type: delay, for: 40m, when: item == 2}]}
`,
    acts: [wait(3 * HOUR), wait(2 * HOUR)],
    ends: 'failed',
    mode: 'timeout',
  },
  'workflows that others call, side by side': {
    text: `name: Callers
steps:
  - id: both
    type: parallel
    branches:
      one: [{id: sub, type: workflow, workflow: Other, inputs: {topic: Tea}}, {id: after, type: api_call, url: "${OUTSIDE}/after"}]
      two: [{id: sales_asked, type: approval, approvers: [sales@company.com]}]
  - {id: each, type: for_each, items: "['a', 'b', 'c']", max_concurrency: 2, steps: [{id: call, type: workflow, workflow: Other}]}
`,
    acts: [wait(MINUTE), decide('sales_asked', 'sales')],
    ends: 'completed',
  },
}

/** What the steps that call a workflow find, whatever they ask for. */
export const OTHER = `name: Other
steps: [{id: told, type: set, values: {told: true}}, {id: get, type: api_call, url: "${OUTSIDE}/other"}]
`

/** The world outside, by what it is asked for and how often that was asked for before. */
export function outside(): HttpReplies {
  const asked = new Map<string, number>()
  return ({ url }) => {
    const path = new URL(url).pathname
    const nth = (asked.get(path) ?? 0) + 1
    asked.set(path, nth)
    const answer = (status: number, body: Json) => ({ status, body })
    if (/always-busy/.test(path) || (/busy/.test(path) && nth < 3)) return answer(503, { try: 'later' })
    if (/gone/.test(path) || (/fails-once/.test(path) && nth === 1)) return answer(410, { gone: true })
    return answer(200, { asked: path })
  }
}
