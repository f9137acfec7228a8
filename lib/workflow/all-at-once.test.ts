import { expect, it } from 'vitest'
import { stepCatalog } from '#lib/steps/definitions.ts'
import { validateWorkflow } from './validate.ts'

/** Each mistake stands on a line of its own, with its code behind it: of the text, of its shape, of its ways, of its types. */
const MANY = `name: Many mistakes
descripton: what it does # workflow.unknown_key
start_step: ask
inputs:
  - {key: topic, required: true}
  - {key: size, type: number, required: true}
  - {key: kind, type: nmber} # field.unknown_type
tags: [a]
tags: [b] # yaml.duplicate_key
steps:
  - id: ask
    type: form
    title: {{ topic }} # yaml.unquoted_template
    fields:
      - {key: note, requird: true} # field.unknown_key
      - {key: score, type: number, required: true}
    timeout: soon # duration.invalid
  - id: twice
    type: set
    values: {y: inputs.size + 'text'} # type.mismatch
  - id: draft
    type: ai_generate
    max_retries: lots # step.wrong_type
    prompt: "Write about {{ 1 < 2 < 3 }}" # expression.chained_comparison
    output_schema:
      type: object
      propertys: {} # schema.keyword
  - id: check
    type: conditional
    condition: steps.ask.note == 'x' # step.only_output
    if_true: publish
    if_false: keep
  - id: publish
    type: api_call
    url: example.com/posts # api_call.bad_url
    method: POST
    body: {a: [1, 2} # yaml.syntax
    next: publsh # step.unknown_target
  - id: keep
    type: set
    values: {x: secrets.KEY} # secret.not_allowed_here
  - id: late
    type: delay
    until: 2026-02-30 # delay.not_a_time
    next: end
`

it('everything that is wrong is told at once, and nothing that only follows from it', () => {
  const expected = MANY.split('\n').flatMap((line, i) => {
    const code = / # ([a-z_]+\.[a-z_]+)$/.exec(line)?.[1]
    return code === undefined ? [] : [`${i + 1} ${code}`]
  })
  expect(expected.length).toBeGreaterThanOrEqual(15)
  const { diagnostics } = validateWorkflow(MANY, stepCatalog)
  expect(diagnostics.map(({ line, code }) => `${line} ${code}`)).toEqual(expected)
})
