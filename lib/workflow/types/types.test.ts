import { describe, expect, it } from 'vitest'
import { flow, judge } from '../validate-testkit.ts'

const INPUTS = `inputs:
  type: object
  properties:
    n: {type: number}
    whole: {type: integer}
    text: {type: string}
    maybe: {type: [string, "null"]}
    list: {type: array, items: {type: number}}
    names: {type: array, items: {type: string}}
    gaps: {type: array, items: {type: [number, "null"]}}
    mixed: {type: array, items: {type: [number, string]}}
    pairs: {type: array, items: {type: array, items: {type: string}}}
    tree: {type: object, properties: {kind: {enum: [leaf, node]}, next: {type: [object, "null"], properties: {kind: {type: string}}, required: [kind]}}, required: [kind, next]}
    map: {type: object, additionalProperties: {type: integer}}
    either: {type: [string, number]}
    choice: {anyOf: [{type: string}, {type: number}]}
    things: {type: array, items: {type: object, properties: {price: {type: [number, "null"]}}, required: [price]}}
  required: [n, whole, text, maybe, list, names, gaps, mixed, pairs, tree, map, either, choice, things]
  additionalProperties: false
start_step`
const errors = (expression: string) =>
  judge(flow(`id: a\ntype: set\nvalues:\n  v: ${JSON.stringify(expression)}`).replace('start_step', INPUTS)).errors

describe('what is wrong with an expression', () => {
  it.each([
    ['n + text', "type.mismatch 'text'"],
    ['-text', "type.mismatch 'text'"],
    ['upper(maybe)', "type.nullable 'maybe'"],
    ['maybe < text', "type.nullable 'maybe'"],
    ['n < text', "type.unlike 'n < text'"],
    ['list < list', "type.unlike 'list < list'"],
    ['static.any < list', "type.mismatch 'list'"],
    ['n in text', "type.mismatch 'n'"],
    ['list in map', "type.mismatch 'list'"],
    ['text in n', "type.mismatch 'n'"],
    ['text in list', "type.unlike 'text in list'"],
    ['contains(list, text)', "type.unlike 'contains(list, text)'"],
    ['n == text', "type.unlike 'n == text'"],
    ["tree.kind == 'leave'", "type.not_an_option ''leave''"],
    ["tree.kind in ['leaf', 'leave']", "type.not_an_option ''leave''"],
    ['tree.nxt', "variable.unknown 'tree.nxt'"],
    ['tree.next.kind', "type.nullable 'tree.next.kind'"],
    ['maybe[0]', "type.nullable 'maybe[0]'"],
    ['text.length', "variable.unknown 'text.length'"],
    ['map.one', "variable.maybe_missing 'map.one'"],
    ['map[text]', "variable.maybe_missing 'map[text]'"],
    ['tree[text]', "variable.maybe_missing 'tree[text]'"],
    ['list[n]', "type.mismatch 'n'"],
    ['list[maybe]', "type.mismatch 'maybe'"],
    ['n[0]', "type.mismatch 'n'"],
    ['sum(names)', "type.mismatch 'names'"],
    ['sum(gaps)', "type.nullable 'gaps'"],
    ['sort(gaps)', "type.nullable 'gaps'"],
    ['max(mixed)', "type.mismatch 'mixed'"],
    ['min(n, text)', "type.mismatch 'n'"],
    ['sort(things)', "type.mismatch 'things'"],
    ['int(text)', "type.mismatch 'text'"],
    ['float(text, text)', "type.mismatch 'text'"],
    ['split(text, text)', "type.mismatch 'text'"],
    ['round(n, whole)', "type.mismatch 'whole'"],
    ['round(n, 99)', "type.mismatch '99'"],
    ['range(n)', "type.mismatch 'n'"],
    ['range(0, 5, whole)', "type.mismatch 'whole'"],
    ['n is odd', "type.mismatch 'n'"],
    ['whole is divisibleby(whole)', "type.mismatch 'whole'"],
    ['len(n)', "type.mismatch 'n'"],
    ['keys(list)', "type.mismatch 'list'"],
    ['join(text)', "type.mismatch 'text'"],
    ['upper(either)', "type.mismatch 'either'"],
    ['upper(choice)', "type.mismatch 'choice'"],
    ['len(maybe) if maybe == null else 0', "type.nullable 'maybe'"],
    ['0 if maybe != none else len(maybe)', "type.nullable 'maybe'"],
    ['any(x > 1 for x in n)', "type.mismatch 'n'"],
    ['any(a == b for a, b in pairs)', "type.mismatch 'pairs'"],
    ['any(x.price > 1 for x in things)', "type.nullable 'x.price'"],
    ['upper(maybe) if maybe is none else text', "type.nullable 'maybe'"],
    ['maybe is none and len(maybe) > 1', "type.nullable 'maybe'"],
    ['maybe is not none or len(maybe) > 1', "type.nullable 'maybe'"],
    ['len(maybe) if maybe == text or n > 1 else 0', "type.nullable 'maybe'"],
    ['len(maybe) if maybe != text else 0', "type.nullable 'maybe'"],
    ['either + 1 if either is not number else 0', "type.mismatch 'either'"],
  ])('%s', (expression, expected) => {
    expect(errors(expression)).toEqual([expected])
  })

  it.each([
    ['{% set it = n %}{{ upper(it) }}', "type.mismatch 'it'"],
    ['{% if n > 1 %}{% set it = n %}{% else %}{% set it = text %}{% endif %}{{ it + 1 }}', "type.mismatch 'it'"],
    [
      '{% if n > 1 %}{% set it = maybe %}{% else %}{% set it = text %}{% endif %}{{ it | upper }}',
      "type.nullable 'it'",
    ],
    ['{% for x in list %}{{ x | upper }}{% endfor %}', "type.mismatch 'x'"],
    ['{% for x in list %}{{ loop.last + 1 }}{% endfor %}', "type.mismatch 'loop.last'"],
    ['{% for x in maybe %}{{ x }}{% endfor %}', "type.nullable 'maybe'"],
    ['{% if maybe %}x{% else %}{{ maybe | upper }}{% endif %}', "type.nullable 'maybe'"],
    ['{% if not maybe %}{{ maybe | upper }}{% endif %}', "type.nullable 'maybe'"],
  ])('in a template: %s', (template, expected) => {
    expect(errors(template)).toEqual([expected])
  })
})

describe('what is right', () => {
  it.each([
    'n + whole * 2 - len(text)',
    'maybe == text',
    'maybe == null',
    "default(maybe, 'x') | upper",
    '(maybe or text) | upper',
    'maybe and len(maybe) > 1',
    'maybe is not none and len(maybe) > 1',
    'maybe is none or len(maybe) > 1',
    'not (maybe is none or len(maybe) == 0)',
    'len(maybe) if maybe == text else 0',
    'len(maybe) if maybe else 0',
    'len(maybe) if maybe != null else 0',
    '0 if none == maybe else len(maybe)',
    'len(maybe) if not (not maybe) else 0',
    'len(maybe) if default(maybe, false) else 0',
    'upper(either) if either is string else either + 1 if either is number else 0',
    'tree.next.kind if tree.next else text',
    'default(tree.next.kind, text) | upper',
    'default(map.one, 0) + sum(values(map))',
    'any(x.price > 1 for x in things if x.price is not none)',
    'any(x.price and x.price > 1 for x in things)',
    'max(list) + min(n, whole) + sum(list)',
    'sort(names)[0] | upper',
    "tree[ 'leaf' if n > 1 else 'leaf' ] is defined",
    'list[whole] + list[-1] + first(list)',
    'round(n) % 2 == 0 and floor(n) is odd',
    'all(k in map and v > 1 for k, v in items(map))',
    'int(text, 0) + float(maybe, 1.5)',
    'any(char == text for char in text)',
    "split(text, ',')[0] | upper",
    'tojson(tree, 2)',
    'any(x > 1 for x in [])',
    '{% if maybe %}{{ maybe | upper }}{% elif n > 1 %}{{ n + 1 }}{% endif %}',
    '{% set it = maybe or text %}{{ it | upper }}',
  ])('%s', (expression) => {
    expect(errors(expression)).toEqual([])
  })
})

describe('what a value is used as', () => {
  const step = (yaml: string) => judge(flow(yaml).replace('start_step', INPUTS)).errors
  const approvers = (expr: string) => step(`id: a\ntype: approval\napprovers: [{expr: ${JSON.stringify(expr)}}]`)
  const check = (expr: string) =>
    step(
      `id: a\ntype: ai_generate\nprompt: x\noutput_schema: {type: object, properties: {sure: {type: number}, why: {type: string}}, required: [sure]}\nchecks: [${JSON.stringify(expr)}]`,
    )

  it('is somebody', () => {
    expect(approvers('text')).toEqual([])
    expect(approvers('names')).toEqual([])
    expect(approvers('[text, maybe]')).toEqual(["type.nullable '[text, maybe]'"])
    expect(approvers('tree')).toEqual(["type.mismatch 'tree'"])
    expect(approvers('list')).toEqual(["type.mismatch 'list'"])
  })

  it('is an answer, of which a check may ask what its schema requires', () => {
    expect(check('sure > 0.5 and output.sure <= n')).toEqual([])
    expect(check('len(why) > 3')).toEqual(["variable.maybe_missing 'why'"])
    expect(check('upper(sure) == text')).toEqual(["type.mismatch 'sure'"])
  })
})

describe('what is known of a name', () => {
  const behind = (...steps: readonly string[]) => judge(flow(...steps).replace('start_step', INPUTS)).errors
  const use = (value: string) => `id: z\ntype: set\nvalues: {used: ${JSON.stringify(value)}}`

  it('is what the last way brought, and all of what several brought', () => {
    const which = 'id: which\ntype: conditional\ncondition: n > 1\nif_true: one\nif_false: two'
    const one = (value: string) => `id: one\ntype: set\nvalues: {got: ${value}}\nnext: z`
    const two = (value: string) => `id: two\ntype: set\nvalues: {got: ${value}}`
    expect(behind(which, one('n'), two('n + 1'), use('got + 1'))).toEqual([])
    expect(behind(which, one('n'), two('text'), use('got + 1'))).toEqual(["type.mismatch 'got'"])
    expect(behind(which, one('n'), 'id: two\ntype: delay\nfor: 1h', use('got + 1'))).toEqual([
      "variable.maybe_missing 'got'",
    ])
    expect(behind(which, 'id: one\ntype: delay\nfor: 1h\nnext: z', two('n'), use('got + 1'))).toEqual([
      "variable.maybe_missing 'got'",
    ])
  })

  it('is what a condition showed, until something else stands there', () => {
    const sure = 'id: sure\ntype: conditional\ncondition: maybe is not none\nif_true: z\nif_false: end'
    const form = 'id: ask\ntype: form\nfields: [{key: maybe}]'
    expect(behind(sure, use('upper(maybe)'))).toEqual([])
    expect(behind(sure.replace('z', 'ask'), form, use('upper(maybe)'))).toEqual(["type.nullable 'maybe'"])
    const both = 'id: sure\ntype: conditional\ncondition: maybe is not none\nif_true: z\nif_false: rest'
    expect(behind(both, 'id: rest\ntype: delay\nfor: 1h\nnext: z', use('upper(maybe)'))).toEqual([
      "type.nullable 'maybe'",
    ])
  })

  it('may have been given by an answer that need not give it', () => {
    const ai = (id: string, more: string) =>
      `id: ${id}\ntype: ai_generate\nprompt: x\noutput_schema: {type: object, properties: {got: {type: string}}${more}}`
    expect(behind(ai('one', ''), use('upper(got)'))).toEqual(["variable.maybe_missing 'got'"])
    expect(behind('id: first\ntype: set\nvalues: {got: n}', ai('one', ''), use('got + 1'))).toEqual([
      "type.mismatch 'got'",
    ])
  })

  it('is what a step writes after an approval too, which may be put anew', () => {
    const first = 'id: first\ntype: set\nvalues: {got: text}'
    const gate = 'id: gate\ntype: approval\napprovers: [a@b.co]\nmessage: "{{ upper(got) }}"'
    const call = 'id: call\ntype: api_call\nurl: https://a.co'
    expect(behind(first, gate, call)).toEqual([])
    expect(behind(first, gate, 'id: second\ntype: set\nvalues: {got: n}', call)).toEqual(["type.mismatch 'got'"])
  })

  it('may be missing of a step that its own branch passed by', () => {
    const left = '[{id: one, type: set, when: n > 1, values: {got: n}}, {id: two, type: set, values: {got: n}}]'
    const both = `id: both\ntype: parallel\nbranches:\n  left: ${left}`
    expect(behind(both, use('steps.both.output.left.two.got + 1'))).toEqual([])
    expect(behind(both, use('steps.both.output.left.one.got + 1'))).toEqual([
      "variable.maybe_missing 'steps.both.output.left.one.got'",
    ])
    const each = `id: each\ntype: for_each\nitems: list\nsteps: ${left}`
    expect(behind(each, use('sum(default(it.one.got, 0) + it.two.got for it in steps.each.output)'))).toEqual([])
    expect(behind(each, use('sum(it.one.got for it in steps.each.output)'))).toEqual([
      "variable.maybe_missing 'it.one.got'",
    ])
  })

  it('grows in a loop until nothing new is learned', () => {
    const start = 'id: start\ntype: set\nvalues: {got: "[1]"}'
    const more = 'id: more\ntype: set\nvalues: {got: "[got]", rounds: "default(rounds, 0) + 1"}'
    const again = 'id: again\ntype: conditional\ncondition: rounds < 3\nif_true: more\nif_false: z'
    expect(behind(start, more, again, use('len(got) + rounds'))).toEqual([])
    expect(behind(start, more, again, use('upper(rounds)'))).toEqual(["type.mismatch 'rounds'"])
  })
})
