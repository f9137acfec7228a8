import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stepCatalog } from '#lib/steps/definitions.ts'
import type { Diagnostic } from './diagnostics.ts'
import { applyEdits } from './edits.ts'
import { fixText } from './fix.ts'
import { printWorkflow } from './print.ts'
import { writtenWorkflow } from './testing/written.ts'
import { validateWorkflow } from './validate.ts'
import { fixed, flow, judge } from './validate-testkit.ts'

const diagnose = (text: string) => validateWorkflow(text, stepCatalog).diagnostics
const fix = (text: string) => fixText(text, stepCatalog)
const SET = 'id: a\ntype: set\nvalues: {x: 1}'

describe('a cure is written as the text around it', () => {
  it.each([
    ['a key', 'descripton: x', 'workflow.unknown_key', 'description: x'],
    ['a key in quotes', '"descripton": x', 'workflow.unknown_key', '"description": x'],
    [
      'a key in braces',
      'limits: {time_out: 1d, idempotency: auto}',
      'limits.unknown_key',
      'limits: {timeout: 1d, idempotency: auto}',
    ],
    ['a list around one value', 'tags: support', 'workflow.wrong_type', 'tags: [support]'],
    ['a list around a text in quotes', 'tags: "a, b"', 'workflow.wrong_type', 'tags: ["a, b"]'],
    [
      'quotes around a number, with its sign for sign',
      'description: 1.10',
      'workflow.wrong_type',
      'description: "1.10"',
    ],
  ])('%s', (_, before, code, after) => {
    const rest = `\nname: Test\nstart_step: a\nsteps:\n  - {id: a, type: set, values: {x: 1}}\n`
    expect(fixed(before + rest, code)).toBe(after + rest)
  })

  it.each([
    ['a word', "type: 'aproval'\napprovers: [a@b.co]", 'step.type_unknown', "type: 'approval'"],
    ['a flag', 'type: form\nfields: [{key: a, required: "yes"}]', 'field.wrong_type', 'required: true}'],
    ['a number', 'type: ai_generate\nprompt: x\nmax_retries: "3"', 'step.wrong_type', 'max_retries: 3'],
    [
      'a person',
      'type: approval\napprovers: ["{{ profile.user_email }}"]',
      'people.bad_address',
      '[{"expr": "profile.user_email"}]',
    ],
    [
      'what is removed from braces',
      'type: form\nfields: [{key: a, options: [x, y, x]}]',
      'field.bad_options',
      'options: [x, y]',
    ],
    [
      'what is removed with its line',
      `${SET.replace('id: a\n', '')}\nretry: 3`,
      'step.without_effect',
      'values: {x: 1}\n',
    ],
    [
      'what is removed beside a comment',
      `${SET.replace('id: a\n', '')}\nretry: 3 # often`,
      'step.without_effect',
      '    # often',
    ],
    [
      'a part of an expression',
      'type: set\nvalues: {x: "1 < 2 < 3"}',
      'expression.chained_comparison',
      '"1 < 2 and 2 < 3"',
    ],
  ])('%s', (_, step, code, after) => {
    expect(fixed(flow(`id: a\n${step}`), code)).toContain(after)
  })

  it.each([
    ['the key is there already', 'description: x\ndescripton: y'],
    ['the value is an alias', 'static: {x: &t a}\ntags: *t'],
    ['the value has an anchor', 'tags: &t a'],
    ['nothing near is known', 'xyz: 1'],
  ])('and none is offered where %s', (_, line) => {
    const found = diagnose(`name: Test\nstart_step: a\n${line}\nsteps:\n  - {id: a, type: set, values: {x: 1}}\n`)
    expect(found.filter(({ severity }) => severity === 'error').map((each) => each.fix)).toEqual([undefined])
  })
})

describe('all that is safe', () => {
  const text = `# What it does
name: Test # its name
descripton: x   # kept
tags: support

steps:
  - id: ask   # who
    type: form
    title: {{ profile.name }}
    fields:
      - {key: size, type: nmber, requird: true} # one
  - id: go
    type: conditional
    condition: 1 < size < 3
    if_true: dne
  - {id: done, type: set, values: {x: steps.ask.size}}
`

  it('is applied until nothing is left, and comments, order and style stay', () => {
    const after = fix(text)
    expect(after.validation.diagnostics).toEqual([])
    expect(after.fixed).toHaveLength(9)
    expect(after.text).toBe(`# What it does
name: Test # its name
start_step: ask
description: x   # kept
tags: [support]

steps:
  - id: ask   # who
    type: form
    title: "{{ profile.name }}"
    fields:
      - {key: size, type: number, required: true} # one
  - id: go
    type: conditional
    condition: 1 < size and size < 3
    if_true: done
  - {id: done, type: set, values: {x: steps.ask.output.size}}
`)
    expect(fix(after.text)).toMatchObject({ text: after.text, fixed: [] })
  })

  it('keeps the line ends of a text', () => {
    const after = fix(text.replaceAll('\n', '\r\n'))
    expect(after.validation.diagnostics).toEqual([])
    expect(after.text.replaceAll('\r\n', '')).not.toContain('\n')
  })

  it('changes nothing of what a workflow means that only warns', () => {
    const handler = flow(
      'id: a\ntype: approval\napprovers: [a@b.co]\non_reject: c',
      'id: b\ntype: set\nvalues: {x: 1}',
      'id: c\ntype: set\nvalues: {y: 1}',
    )
    expect(judge(handler).warnings).toEqual(["flow.slides_into_handler 'b'"])
    expect(fix(handler)).toMatchObject({ text: handler, fixed: [] })
  })

  it('leaves a text alone that has nothing to fix, or cannot be read', () => {
    for (const one of ['', flow(SET), 'a: [', '%', 'name: x\nsteps: 5\n'])
      expect(fix(one)).toMatchObject({ text: one, fixed: [] })
  })
})

describe('whatever the slip of the pen', () => {
  const WORD = /(?<=^|[\s{,[])[A-Za-z_]{4,}(?=:|\s*$|[,}\]])/gm

  /** The text with one letter of one word left out, doubled, or changed places with the next. */
  function slipped(text: string, which: number, where: number, how: number): string {
    const words = [...text.matchAll(WORD)]
    const word = words[which % Math.max(1, words.length)]
    if (word === undefined) return text
    const at = word.index + 1 + (where % (word[0].length - 2))
    const [a = '', b = ''] = [text[at], text[at + 1]]
    const put = ['', a + a, b + a][how % 3] ?? ''
    return text.slice(0, at) + put + text.slice(at + (how % 3 === 2 ? 2 : 1))
  }

  const count = (list: readonly Diagnostic[], { code, message }: Diagnostic) =>
    list.filter((each) => each.code === code && each.message === message).length

  it('a fix cures it and brings no error', { timeout: 600_000 }, () => {
    let applied = 0
    fc.assert(
      fc.property(
        writtenWorkflow,
        fc.nat(),
        fc.nat(),
        fc.nat(2),
        fc.boolean(),
        (workflow, which, where, how, config) => {
          const { definition } = validateWorkflow(JSON.stringify(workflow), stepCatalog)
          if (definition === null) throw new Error('not valid')
          const text = slipped(printWorkflow(definition, stepCatalog, config ? 'config' : 'short'), which, where, how)
          const before = diagnose(text)
          for (const problem of before.filter((each) => each.fix)) {
            const after = diagnose(applyEdits(text, problem.fix?.edits ?? []))
            applied += 1
            expect(count(after, problem), `${problem.message}\n${text}`).toBeLessThan(count(before, problem))
            const errors = after.filter(({ severity }) => severity === 'error')
            const brought = errors.filter((each) => count(before, each) < count(after, each))
            expect(
              brought.map(({ code, message }) => `${code} ${message}`),
              `${problem.message}\n${text}`,
            ).toEqual([])
          }
        },
      ),
      { numRuns: Number(process.env.FIX_RUNS ?? 250) },
    )
    expect(applied).toBeGreaterThan(20)
  })
})
