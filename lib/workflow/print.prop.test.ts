import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BLUEPRINTS } from '#lib/blueprints/blueprints.ts'
import { stepCatalog } from '#lib/steps/definitions.ts'
import { allSteps, type WorkflowDefinition } from './definition.ts'
import { normalise } from './normalise.ts'
import { createReporter } from './normalise-report.ts'
import { parseText } from './parse.ts'
import { printWorkflow } from './print.ts'
import { writtenWorkflow } from './testing/written.ts'

/** More of them: `PRINT_RUNS=100000 npx vitest run --project unit lib/workflow/print.prop.test.ts`. */
const RUNS = Number(process.env.PRINT_RUNS ?? 600)
const STYLES = ['short', 'config'] as const

/** The canonical form of a text that is right. */
function read(text: string): WorkflowDefinition {
  const { source, diagnostics } = parseText(text)
  if (source === null) throw new Error(`${diagnostics[0]?.message}\n${text}`)
  const reporter = createReporter(source, diagnostics)
  const draft = normalise(source, stepCatalog, reporter)
  if (draft === null || reporter.errors() > 0) throw new Error(`${JSON.stringify(reporter.list(), null, 2)}\n${text}`)
  return draft.definition
}

describe('what is printed in either style reads as the same definition', () => {
  it('whatever it is', { timeout: 3_600_000 }, () => {
    const types = new Map<string, number>()
    let runs = 0
    fc.assert(
      fc.property(writtenWorkflow, (workflow) => {
        const definition = read(JSON.stringify(workflow))
        for (const { type } of allSteps(definition.steps)) types.set(type, (types.get(type) ?? 0) + 1)
        expect(read(printWorkflow(definition, stepCatalog, STYLES[runs++ % 2]))).toEqual(definition)
      }),
      { numRuns: RUNS },
    )
    // Each type came by often enough to say something of it.
    for (const { type } of stepCatalog.list()) expect(types.get(type) ?? 0, type).toBeGreaterThan(RUNS / 50)
  })

  const folder = new URL('./fixtures/', import.meta.url)
  const fixtures = readdirSync(folder).filter((file) => file.endsWith('.yaml'))
  const known = [
    ...fixtures.map((file) => [file, readFileSync(new URL(file, folder), 'utf8')] as const),
    ...BLUEPRINTS.map(({ id, yaml }) => [id, yaml] as const),
  ]
  it.each(known)('%s', (_, text) => {
    const definition = read(text)
    for (const style of STYLES) expect(read(printWorkflow(definition, stepCatalog, style))).toEqual(definition)
  })
})

it('leaves out what goes without saying, and stands as people write it', () => {
  const text = `name: "Orders: daily"
start_step: ask

inputs:
  - {key: topic, type: string, required: true}

steps:
  - id: ask
    type: form
    fields:
      - {key: size, type: enum, options: [s, {value: m, label: Middle}]}
    timeout: 1d12h

  - id: draft
    type: ai_generate
    prompt: |
      Write about {{ topic }}.
      Be brief.
    retry: 2

  - id: review
    type: approval
    approvers: [a@b.co]
    timeout: 1d
    on_timeout: draft
`
  expect(printWorkflow(read(text), stepCatalog)).toBe(text)
  expect(printWorkflow(read(text), stepCatalog, 'config')).toContain(`  - id: review
    type: approval
    config:
      approvers: [a@b.co]
      timeout: 1d
      on_timeout: draft
`)
})
