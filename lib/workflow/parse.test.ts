import { describe, expect, it } from 'vitest'
import { corpus } from '#lib/testing/corpus.ts'
import { parseText } from './parse.ts'
import { cost, marked } from './validate-testkit.ts'

const codes = (text: string) => parseText(text).diagnostics.map((d) => `${d.code} '${marked(text, d)}'`)
const value = (text: string) => parseText(text).source?.value

describe('reads one document of YAML 1.2, core schema', () => {
  it.each([
    [
      'plain words keep the meaning of 1.2',
      'a: yes\nb: on\nc: 0o17\nd: 1_000\ne: 2024-01-01\nf: ~',
      { a: 'yes', b: 'on', c: 15, d: '1_000', e: '2024-01-01', f: null },
    ],
    ['merge keys are plain keys', 'a: {<<: {b: 1}}', { a: { '<<': { b: 1 } } }],
    ['keys are text', '1: a\ntrue: b\nnull: c', { '1': 'a', true: 'b', null: 'c' }],
    ['aliases stand for their values', 'a: &x [1, {b: 2}]\nc: *x', { a: [1, { b: 2 }], c: [1, { b: 2 }] }],
    ['an anchor may be given again', 'a: &x 1\nb: &x 2\nc: *x', { a: 1, b: 2, c: 2 }],
    ['core tags are known', 'a: !!str 5\nb: !!int "5"', { a: '5', b: 5 }],
    ['JSON is read too', '{"a": [1, true, null, "x\\u00e9"],\n\t"b": {}}', { a: [1, true, null, 'xé'], b: {} }],
    ['a byte order mark and CR LF are no trouble', '\ufeffa: 1\r\nb: |\r\n  x\r\n  y\r\n', { a: 1, b: 'x\ny\n' }],
    ['empty values are null', 'a:\nb: [1, ]\nc: {d: }', { a: null, b: [1], c: { d: null } }],
    ['a document marker is fine', '---\na: 1\n...\n', { a: 1 }],
    ['forbidden words are fine as values', 'a: __proto__\nb: [constructor]', { a: '__proto__', b: ['constructor'] }],
  ])('%s', (_, text, expected) => {
    expect(parseText(text)).toMatchObject({ source: { value: expected }, diagnostics: [] })
  })

  it('gives objects that have no keys but their own', () => {
    expect(Object.keys(value('a: 1') as object)).toEqual(['a'])
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  })
})

describe('refuses, at the offending token', () => {
  it.each([
    ['nothing', '', "yaml.empty ''"],
    ['a comment alone', '# nothing\n', "yaml.empty '#'"],
    ['a second document', 'a: 1\n---\nb: 2', "yaml.several_documents '---'"],
    ['a key that stands twice', 'a: 1\nb: 2\na: 3', "yaml.duplicate_key 'a'"],
    ['a key that stands twice in another style', '{a: 1, "a": 2}', `yaml.duplicate_key '"a"'`],
    ['a reserved key', 'x:\n  constructor: 1', "yaml.reserved_key 'constructor'"],
    ['a reserved key in quotes', '"__proto__": 1', `yaml.reserved_key '"__proto__"'`],
    ['an unknown tag', 'a: !thing 1', "yaml.unknown_tag '!thing'"],
    ['a tag of YAML 1.1', 'a: !!binary aGk=', "yaml.unknown_tag '!!binary'"],
    ['a list as a key', '? [a]\n: 1', "yaml.key_not_text '['"],
    ['an alias as a key', 'a: &x b\n*x : 1', "yaml.key_not_text '*x'"],
    ['a directive', '%YAML 1.1\n---\na: yes', "yaml.directive '%YAML 1.1'"],
    ['an alias without anchor', 'a: *nope', "yaml.unknown_alias '*nope'"],
    ['an alias within its anchor', 'a: &x [*x]', "yaml.circular_alias '*x'"],
    ['a number that is none', 'a: .nan', "yaml.not_json '.nan'"],
    ['a number that overflows', 'a: 1e400', "yaml.not_json '1e400'"],
    ['an integer that would be rounded', 'a: 9007199254740993', "yaml.number_too_large '9007199254740993'"],
    ['half a surrogate pair', 'a: "\\ud800"', `yaml.bad_character '"\\ud800"'`],
    ['NUL in a key', '"a\\0": 1', `yaml.bad_character '"a\\0"'`],
    ['a raw NUL, in a comment too', 'a: 1 # \0', "yaml.bad_character '\0'"],
    ['a tab as indentation', 'a:\n\tb: 1', "yaml.tab '\t'"],
    ['two colons on a line', 'a: b: c', "yaml.syntax 'b'"],
    ['a bracket left open', 'a: [1', "yaml.syntax '['"],
    ['a quote left open', 'a: "b', `yaml.syntax '"'`],
    ['a key without a colon', 'a: 1\nb\nc: 2', "yaml.syntax 'b'"],
    ['a template without quotes', 'a: {{ b }}', "yaml.unquoted_template '{'"],
  ])('%s', (_, text, expected) => {
    expect(codes(text)).toEqual([expected])
  })

  it('says of a syntax error what the parser found', () => {
    expect(parseText('a: "x').diagnostics[0]?.message).toContain('not closed')
    expect(parseText('a: "\\q"').diagnostics[0]?.message).toBe('This is not valid YAML: Invalid escape sequence \\q.')
  })

  it('reports the cause and not all that follows from it', () => {
    const lines = Array.from({ length: 50 }, (_, i) => `f${i}: {g: h}\n`)
    expect(codes(`a: {b: c[0], d: e}\n${lines.join('')}`)).toEqual(["yaml.syntax '['"])
  })

  it('reports a handful of problems, not thousands', () => {
    expect(parseText('a: 1\n'.repeat(3_000)).diagnostics).toHaveLength(50)
  })
})

describe('is bounded', () => {
  it.each([
    ['size', `a: ${'x'.repeat(256 * 1024)}`, 'yaml.too_large'],
    ['size in bytes, not characters', `a: ${'é'.repeat(140 * 1024)}`, 'yaml.too_large'],
    ['depth of lists', `a: ${'['.repeat(33)}${']'.repeat(33)}`, 'yaml.too_deep'],
    ['depth of blocks', Array.from({ length: 34 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'), 'yaml.too_deep'],
    [
      'depth that an alias adds',
      `a: &x ${'['.repeat(20)}${']'.repeat(20)}\nb: ${'['.repeat(20)}*x${']'.repeat(20)}`,
      'yaml.too_deep',
    ],
    ['number of values', `a: [${'1,'.repeat(20_001)}]`, 'yaml.too_many_nodes'],
    [
      'number of values that aliases add',
      `a: &x [${'1,'.repeat(200)}]\nb: [${'*x,'.repeat(100)}]`,
      'yaml.too_many_nodes',
    ],
    ['text that aliases add', `a: &x ${'x'.repeat(1000)}\nb: [${'*x,'.repeat(300)}]`, 'yaml.too_large'],
  ])('in %s', (_, text, code) => {
    expect(parseText(text).diagnostics.map((d) => d.code)).toEqual([code])
  })

  it.each([
    ['depth', `a: ${'['.repeat(31)}${']'.repeat(31)}`],
    ['values', `a: [${'1,'.repeat(19_000)}]`],
    ['size', `a: ${'x'.repeat(255 * 1024)}`],
    ['aliases within the bounds', `a: &x {b: c}\nd: [${'*x,'.repeat(1_000)}]`],
  ])('but takes what is within: %s', (_, text) => {
    expect(parseText(text).diagnostics).toEqual([])
  })

  it('and stops reading where the depth is passed', () => {
    expect(parseText('['.repeat(250_000)).diagnostics).toMatchObject([{ code: 'yaml.too_deep', line: 1, column: 35 }])
  })

  const { attacks, benign } = corpus('yaml')
  it.each([...attacks, ...benign])('in time: $why', ({ payload }) => {
    parseText('warm: up')
    expect(cost(() => parseText(payload))).toBeLessThan(250)
  })

  it.each([
    ['many keys', Array.from({ length: 9_900 }, (_, i) => `k${i}: 1`).join('\n')],
    ['open brackets', '['.repeat(250_000)],
    ['nested dashes', '- '.repeat(100_000)],
    ['question marks', '? '.repeat(100_000)],
    ['anchors', '&a '.repeat(80_000)],
    ['directives', '%FOO x\n'.repeat(30_000)],
    ['comments', '# x\n'.repeat(60_000)],
    [
      'doubling aliases',
      Array.from({ length: 40 }, (_, i) => (i === 0 ? 'a0: &a0 x' : `a${i}: &a${i} [*a${i - 1}, *a${i - 1}]`)).join(
        '\n',
      ),
    ],
  ])('in time also for %s', (_, text) => {
    expect(cost(() => parseText(text))).toBeLessThan(500)
  })
})

describe('finds the way back to the text', () => {
  const text =
    'a:\n  - id: one\n    empty:\n    list: [1, {b: 2}]\n  - &two\n    id: two\n    say: |\n      Hello {{ name }}!\n      Bye.\nc: *two\n'
  const { source } = parseText(text)
  const at = (...args: Parameters<NonNullable<typeof source>['locate']>) =>
    source && marked(text, source.locate(...args))

  it.each([
    [['a', 0, 'id'], 'value', 'one'],
    [['a', 0, 'id'], 'key', 'id'],
    [['a', 0, 'empty'], 'value', 'empty'],
    [['a', 0, 'list'], 'value', 'list'],
    [['a', 0, 'list', 0], 'value', '1'],
    [['a', 0, 'list', 1], 'value', '{b: 2}'],
    [['a', 0, 'list', 1, 'b'], 'value', '2'],
    [['a', 0], 'value', 'id'],
    [['a', 0, 'missing'], 'value', 'id'],
    [['a', 7], 'value', '-'],
    [['c'], 'value', '*two'],
    [['c', 'id'], 'value', 'two'],
    [[], 'value', 'a'],
  ] as const)('%j %s is %s', (path, part, expected) => {
    expect(at(path, part)).toBe(expected)
  })

  it('finds a part of a text', () => {
    const hello = 'Hello {{ name }}!\nBye.\n'
    const name = source?.within(['a', 1, 'say'], hello.indexOf('name'), 4)
    expect(name).toEqual({ line: 8, column: 16, endLine: 8, endColumn: 20 })
    expect(source && name && marked(text, name)).toBe('name')
  })

  it('answers with the whole where there is no such part', () => {
    expect(source?.within(['a', 0, 'id'], 40, 2)).toEqual(source?.locate(['a', 0, 'id']))
    expect(source?.within(['a', 0, 'list'], 0, 1)).toEqual(source?.locate(['a', 0, 'list']))
    expect(source?.edit(['a', 0, 'list'], 0, 1, 'x')).toBeNull()
  })

  it.each([
    ['plain', 'a: steps.x', 'steps.y'],
    ['in single quotes', "a: 'steps.x'", "it''s"],
    ['in double quotes', 'a: "steps.x"', 'say \\"hi\\"'],
  ])('quotes an edit as the text around it is: %s', (_, written, expected) => {
    const replacement = { plain: 'steps.y', 'in single quotes': "it's", 'in double quotes': 'say "hi"' }[_] ?? ''
    expect(parseText(written).source?.edit(['a'], 0, 7, replacement)?.newText).toBe(expected)
  })

  it.each([
    ['a block', 'a:\n  id: x # note\n  b: 1', '\n  next: y'],
    ['braces', 'a: {id: x}', ', next: y'],
    ['JSON', '{"a": {"id": "x"}}', ', "next": "y"'],
  ])('adds an entry in the style of %s', (_, written, expected) => {
    expect(parseText(written).source?.addEntry(['a'], 'id', 'next', 'y')?.newText).toBe(expected)
  })

  it('adds nothing where there is no safe place', () => {
    const { source: blocks } = parseText('a:\n  id: |\n    x\n  b: {}\n')
    expect(blocks?.addEntry(['a'], 'id', 'next', 'y')).toBeNull()
    expect(blocks?.addEntry(['a'], 'nope', 'next', 'y')).toBeNull()
    expect(blocks?.addEntry(['a', 'id'], 'id', 'next', 'y')).toBeNull()
  })
})
