import type { CorpusItem } from './corpus.ts'

/** A place that input of the corpus may reach, and the test that puts it there. */
export interface Sink {
  readonly area: CorpusItem['area']
  /** From the root of the project. */
  readonly test: string
  /** What of its area it takes; all of it where nothing is said. */
  takes?(item: CorpusItem): boolean
  /** Whether the benign input of its area has to be accepted there. */
  readonly benign?: true
}

/** JSON that reads like any other, and is refused by the schema of what it is sent to. */
export const LEFT_TO_SCHEMAS =
  /^(forged upload metadata|near-miss enum|array where string|mass assignment|operator object|array where object)/

/** What an attack aims at that Scaff does not have: a header that nothing reads. Each is named, with the reason. */
export const NOT_THERE: ReadonlyMap<string, string> = new Map([
  ['webhook-signature: v1,', 'no webhook comes in yet'],
  ['webhook-timestamp: 1', 'no webhook comes in yet'],
  ['Next-Action: 0000000000000000000000000000000000000000', 'there are no server actions'],
])

export const SINKS: readonly Sink[] = [
  { area: 'expression', test: 'lib/workflow/expressions/corpus.test.ts', benign: true },
  { area: 'template', test: 'lib/workflow/templates/corpus.test.ts', benign: true },
  { area: 'template', test: 'lib/workflow/templates/render.prop.test.ts' },
  { area: 'template', test: 'lib/steps/api-call/request.test.ts' },
  { area: 'template', test: 'server/notifications/approval-mail.int.test.ts' },
  { area: 'yaml', test: 'lib/workflow/parse.test.ts' },
  { area: 'yaml', test: 'lib/workflow/validate.test.ts', benign: true },
  { area: 'url', test: 'lib/safe-redirect.test.ts' },
  { area: 'url', test: 'lib/steps/api-call/request.test.ts' },
  { area: 'url', test: 'server/notifications/approval-mail.int.test.ts' },
  {
    area: 'url',
    test: 'server/providers/http/egress.test.ts',
    takes: ({ payload }) => !/redirect\.test|^https:\/\/scaff\.example/.test(payload),
    benign: true,
  },
  { area: 'schema', test: 'lib/schema/gate.test.ts', benign: true },
  { area: 'schema', test: 'server/schema/validator.test.ts', takes: ({ expect }) => expect === 'reject' },
  { area: 'schema', test: 'server/prove/fuzz/material.ts' },
  { area: 'regex', test: 'lib/schema/gate.test.ts', benign: true },
  { area: 'header', test: 'lib/steps/api-call/request.test.ts' },
  { area: 'header', test: 'server/api/serve.int.test.ts', takes: ({ payload }) => !NOT_THERE.has(payload) },
  { area: 'header', test: 'server/api/peer-address.test.ts', takes: ({ payload }) => /^(x-|forwarded)/i.test(payload) },
  { area: 'json', test: 'server/api/json-body.test.ts', takes: ({ why }) => !LEFT_TO_SCHEMAS.test(why), benign: true },
  { area: 'json', test: 'server/api/json-corpus.test.ts', takes: ({ why }) => LEFT_TO_SCHEMAS.test(why) },
]
