import { describe, expect, it } from 'vitest'
import { stepCatalog } from '#lib/steps/definitions.ts'
import { parseText } from './parse.ts'
import { validateWorkflow } from './validate.ts'
import { cost, flow } from './validate-testkit.ts'

/** What generated input found (`npm run prove -- fuzz`), once each, in a form that shows why. */

/** Of seconds that each of them took. How close they come to what `npm run prove -- fuzz` allows is for that to say. */
const IN_TIME_MS = 1_000

/** The best of three, because the first one also pays for what the engine compiles. */
const quickest = (text: string) => Math.min(...[1, 2, 3].map(() => cost(() => validateWorkflow(text, stepCatalog))))
const messages = (text: string) => validateWorkflow(text, stepCatalog).diagnostics.map(({ message }) => message)

describe('a broken text', () => {
  const objects = '{},'.repeat(4_000)
  it.each([
    ['of lines that are no entries', `id: a\n${'b\n'.repeat(60_000)}`],
    ['in which an anchor is never closed and used often', `a: &a [${objects}{}\nb:\n${'  - <<: *a\n'.repeat(1_400)}`],
    [
      'in which a line is badly indented',
      `a: [${objects}{}]\nb:\n${'  - c: 1\n'.repeat(700)} x: 1\n${'  - c: 1\n'.repeat(700)}`,
    ],
    ['of many parts, longer than one is read again', `a: 1\n b: 1\nc:\n${'  x: "y y y"\n'.repeat(17_000)}`],
    ['with an error at each of its quotes', `a: [${'"id['.repeat(28_000)}`],
    ['with an error at each of its values', `a: [{}${' {}'.repeat(9_000)}]`],
    ['of characters that cannot be kept', '\0'.repeat(250_000)],
  ])('%s is refused in time', (_, text) => {
    expect(parseText(text).diagnostics.length).toBeGreaterThan(0)
    expect(quickest(text)).toBeLessThan(IN_TIME_MS)
  })

  it.each([
    '\n %} none ==',
    '\n  - id: const{#or{{\n    type: noo type: noop\n: b\n',
    '\n  - id: "a"\n:"x"}}ype: noop\n',
  ])('%j is refused where an empty line stands first', (text) => {
    expect(parseText(text).diagnostics.length).toBeGreaterThan(0)
  })

  it('of 500 steps with one open bracket is still read, but for that value', () => {
    const steps = Array.from({ length: 500 }, (_, i) => [
      `  - id: s${i}`,
      '    type: ai_generate',
      '    prompt: |',
      '      Write about it.',
      `    output_schema: {type: object, properties: {title: {type: string}}${i === 250 ? '' : '}'}`,
    ])
    const text = `name: Long\nsteps:\n${steps.flat().join('\n')}\n`
    const { source, diagnostics } = parseText(text)
    expect(source?.broken).toEqual([['steps', 250, 'output_schema']])
    expect(diagnostics).toHaveLength(1)
  })
})

it('thousands of options are compared in time', () => {
  const options = Array.from({ length: 12_000 }, (_, i) => `o${i}`).join(', ')
  const text = flow(`id: a\ntype: form\nfields: [{key: k, type: enum, options: [${options}, o0]}]`)
  expect(messages(text)).toContain('This option stands here twice. Remove one.')
  expect(quickest(text)).toBeLessThan(IN_TIME_MS)
})

describe('what is no text is told as it was written', () => {
  const form = 'id: a\ntype: form\nfields: [{key: k, type: {a: 1}}]'
  it.each([
    [flow(form), 'There is no field type {"a":1}.'],
    [
      flow('id: a\ntype: set\nvalues: {x: 1}').replace('start_step: a', 'start_step: {b: [1]}'),
      'there is no {"b":[1]}.',
    ],
    [flow(form.replace('{a: 1}', `"${'x'.repeat(300)}"`)), `There is no field type ${'x'.repeat(60)}….`],
  ])('%j', (text, says) => {
    expect(messages(text).join('\n')).toContain(says)
  })
})
