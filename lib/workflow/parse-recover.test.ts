import { describe, expect, it } from 'vitest'
import { parseText } from './parse.ts'
import { marked } from './validate-testkit.ts'

const codes = (text: string) => parseText(text).diagnostics.map((d) => `${d.path}: ${d.code} '${marked(text, d)}'`)
const value = (text: string) => parseText(text).source?.value

describe('what is broken is left out, and the rest is read', () => {
  it.each([
    [
      'an open bracket',
      'steps:\n  - id: a\n    fields: [{key: x}\n  - id: b\n    type: set\n',
      ["steps[0].fields: yaml.syntax '['"],
      {
        steps: [
          { id: 'a', fields: null },
          { id: 'b', type: 'set' },
        ],
      },
    ],
    [
      'an open quote',
      'steps:\n  - id: a\n    name: "x\n    type: set\n  - id: b\n',
      [`steps[0].name: yaml.syntax '"'`],
      { steps: [{ id: 'a', name: null, type: 'set' }, { id: 'b' }] },
    ],
    [
      'a line too far to the right',
      'steps:\n  - id: a\n      type: set\n    next: b\n  - id: b\n',
      ["steps[0].type: yaml.indentation 'type: set'"],
      { steps: [{ id: 'a', next: 'b' }, { id: 'b' }] },
    ],
    [
      'a line too far to the left',
      'steps:\n  - id: a\n   type: set\n  - id: b\n',
      ["steps[0].type: yaml.indentation 'type: set'"],
      { steps: [{ id: 'a' }, { id: 'b' }] },
    ],
    [
      'a list at the column of its key',
      'steps:\n- id: a\n  fields:\n  - {key: x, type: [}\n  - {key: y}\n- id: b\n',
      ["steps[0].fields[0]: yaml.syntax '['"],
      { steps: [{ id: 'a', fields: [null, { key: 'y' }] }, { id: 'b' }] },
    ],
    [
      'a key without a colon',
      'name: x\ndescription\nsteps:\n  - id: a\n',
      ["description: yaml.syntax 'description'"],
      { name: 'x', steps: [{ id: 'a' }] },
    ],
    [
      'several, each told once',
      'a: [1\nb: "x\nc: @d\ne: 1\n',
      ["a: yaml.syntax '['", `b: yaml.syntax '"'`, "c: yaml.syntax '@'"],
      { a: null, b: null, c: null, e: 1 },
    ],
  ])('%s', (_, text, problems, rest) => {
    expect(codes(text)).toEqual(problems)
    expect(value(text)).toEqual(rest)
  })

  it('keeps every place where it was', () => {
    const text = 'a: [1\nb: {c: hello}\n'
    const range = parseText(text).source?.locate(['b', 'c'])
    expect(range && marked(text, range)).toBe('hello')
  })

  it('and leaves alone what is right over several lines', () => {
    const text = 'a: "one\n two"\nb: [\n  1, 2\n]\nc: |\n  x: [\nd: [1\n'
    expect(codes(text)).toEqual(["d: yaml.syntax '['"])
    expect(value(text)).toEqual({ a: 'one two', b: [1, 2], c: 'x: [\n', d: null })
  })
})

describe('quotes that were forgotten', () => {
  it.each([
    ['a: {{ b }}', '"{{ b }}"'],
    ['a: {{ b }} and {{ c }}', '"{{ b }} and {{ c }}"'],
    ['a: {{ b | default("x") }} # why', `'{{ b | default("x") }}'`],
    ['- {{ b }}', '"{{ b }}"'],
    ['a: b: c', '"b: c"'],
    ["a: it's: c", `"it's: c"`],
    ['a: @b', '"@b"'],
    ['a: %b', '"%b"'],
  ])('are put around %s', (text, newText) => {
    const { diagnostics } = parseText(text)
    expect(diagnostics.map(({ fix }) => fix?.edits.map((edit) => edit.newText))).toEqual([[newText]])
  })

  it.each(['a: [1', 'a: "b', 'a:\n\tb: 1', 'a: [{{ b }}]', 'a: {{ b\n  }}'])(
    'are not what is missing in %j',
    (text) => {
      expect(parseText(text).diagnostics.some(({ fix }) => fix)).toBe(false)
    },
  )
})
