import { describe, expect, it } from 'vitest'
import type { Json } from '../../json.ts'
import { ExpressionError } from '../expressions/errors.ts'
import type { Scope } from '../scope.ts'
import { checkTemplate, templateReferences } from './check.ts'
import { type Encoder, renderTemplate, renderValue } from './render.ts'

const scope: Scope = {
  roots: {
    runtime: {
      topic: 'AI',
      tags: ['a', 'b'],
      score: 5,
      nothing: null,
      template: '{{ topic }}',
      person: { name: 'Ana' },
    },
    static: { base: 'https://x.example/a/b', segment: 'v1/items', numbers: [1, 2] },
    secrets: { TOKEN: 't0ken' },
    inputs: { id: 'a/b' },
  },
  now: '2026-03-04T05:06:07.000Z',
}

function error(run: () => unknown): ExpressionError {
  try {
    run()
  } catch (caught) {
    if (caught instanceof ExpressionError) return caught
    throw caught
  }
  throw new Error('It was rendered.')
}

describe('renderTemplate', () => {
  it('prints null as nothing, where Jinja prints None', () => {
    expect(renderTemplate('a{{ nothing }}b', scope)).toBe('ab')
    expect(renderTemplate('{{ [nothing] }}', scope)).toBe('[None]')
  })
  it('prints a float without a fraction as a whole number', () => {
    expect(renderTemplate('{{ 4 / 2 }} {{ 5.0 }}', scope)).toBe('2 5')
  })
  it('renders once: what was inserted is never looked at again', () => {
    expect(renderTemplate('{{ template }}', scope)).toBe('{{ topic }}')
    expect(renderTemplate('{% set x = template %}{{ x }}{{ [x] | join }}', scope)).toBe('{{ topic }}{{ topic }}')
  })
  it('names the line and the place of what is missing', () => {
    expect(error(() => renderTemplate('a\r\nb\nc {{ topic }} {{ topc }}', scope))).toMatchObject({
      code: 'expression.unknown_variable',
      message: 'Line 3: There is no variable topc.',
      line: 3,
      offset: 22,
      length: 4,
    })
    expect(error(() => renderTemplate('{% for t in tags %}\n{{ t.x }}{% endfor %}', scope)).message).toBe(
      'Line 2: There is no t.x: t is text.',
    )
  })
  it('leaves foreign syntax as text', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the foreign syntax
    const foreign = '100% {done} and ${price} <%= x %> #{7*7} }} %} {a: {b: 1}}'
    expect(renderTemplate(foreign, scope)).toBe(foreign)
  })
  it('gives a set within if to what follows, and a set within for to nothing else', () => {
    expect(renderTemplate('{% if score %}{% set x = 1 %}{% endif %}{{ x }}', scope)).toBe('1')
    expect(error(() => renderTemplate('{% for t in tags %}{% set x = 1 %}{% endfor %}{{ x }}', scope)).code).toBe(
      'expression.unknown_variable',
    )
  })
  it('keeps to itself what is set where a loop has nothing to go through', () => {
    const nothing = '{% for t in [] %}{% else %}{% set topic = 1 %}{{ topic }}{% endfor %}'
    expect(renderTemplate(`${nothing}{{ topic }}`, scope)).toBe('1AI')
    expect(checkTemplate('{% for t in [] %}{% else %}{% set env = 1 %}{% endfor %}{{ env }}')).toMatchObject([
      { code: 'expression.secret_by_name' },
    ])
  })
  it('loops hide namespaces and loop itself is a variable of the innermost one', () => {
    expect(renderTemplate('{% for item in tags %}{{ item }}{% endfor %}', scope)).toBe('ab')
    expect(
      renderTemplate(
        '{% for a in tags %}{% for b in tags %}{{ loop.index }}{% endfor %}{{ loop.index }} {% endfor %}',
        scope,
      ),
    ).toBe('121 122 ')
    expect(error(() => renderTemplate('{{ loop.index }}', scope)).code).toBe('expression.unknown_variable')
  })
})

describe('renderValue', () => {
  it('keeps the type of a value that is exactly one expression', () => {
    const body = {
      tags: '{{ runtime.tags }}',
      n: '{{score}}',
      none: '{{ nothing }}',
      o: '{{- person -}}',
      text: 'x{{ score }}',
    }
    expect(renderValue(body, scope)).toEqual({
      tags: ['a', 'b'],
      n: 5,
      none: null,
      o: { name: 'Ana' },
      text: 'x5',
    })
  })
  it('goes through lists and objects and leaves other types and keys alone', () => {
    expect(renderValue([1, true, null, { '{{ topic }}': ['{{ topic }}!'] }], scope)).toEqual([
      1,
      true,
      null,
      { '{{ topic }}': ['AI!'] },
    ])
  })
  it('leaves a text without delimiters as it is, with the line break at its end', () => {
    expect(renderValue('plain\n', scope)).toBe('plain\n')
    expect(renderValue('{{ topic }}\n', scope)).toBe('AI')
    expect(renderValue('{{ topic }}\n\n', scope)).toBe('AI\n')
  })
  it('spends one fuel for all texts together', () => {
    const many = Array.from({ length: 30 }, () => '{% for i in range(4000) %}{% endfor %}')
    expect(renderValue(many.slice(0, 2), scope)).toEqual(['', ''])
    expect(error(() => renderValue(many, scope)).code).toBe('expression.fuel')
  })
})

describe('encode', () => {
  const seen: [string, string[], Json][] = []
  const encode: Encoder = (text, roots, { value }) => {
    seen.push([text, [...roots].sort(), value])
    return `<${text}>`
  }
  it('is given every inserted value with the namespaces it was made from, and never the text around it', () => {
    seen.length = 0
    const template =
      '{{ topic }} {{ static.base }} {{ "constant" }} {{ [static.base, inputs.id] | join }} {{ score + 1 }}' +
      '{% set a = inputs.id %}{{ a }}{% for t in secrets.TOKEN | split("0") %}{{ t }}{{ loop.index }}{% endfor %}' +
      '{{ len(x for x in tags) }}{{ sum(x for x in static.numbers) }}'
    expect(renderTemplate(template, scope, { encode })).toBe(
      '<AI> <https://x.example/a/b> <constant> <https://x.example/a/ba/b> <6><a/b><t><1><ken><2><2><3>',
    )
    expect(seen.map(([, roots]) => roots)).toEqual([
      ['runtime'],
      ['static'],
      [],
      ['inputs', 'static'],
      ['runtime'],
      ['inputs'],
      ['secrets'],
      [],
      ['secrets'],
      [],
      ['runtime'],
      ['static'],
    ])
    expect(seen[4]?.[2]).toBe(6)
  })
  it('remembers that a name may have been set or not', () => {
    seen.length = 0
    renderTemplate('{% if score %}{% set topic = static.base %}{% endif %}{{ topic }}', scope, { encode })
    expect(seen[0]?.[1]).toEqual(['static'])
  })
  it('is applied to text that is exactly one expression, and not to other types', () => {
    expect(renderValue({ a: '{{ topic }}', b: '{{ tags }}' }, scope, { encode })).toEqual({ a: '<AI>', b: ['a', 'b'] })
  })
  it('a refusal points at the insertion', () => {
    const refusing: Encoder = () => {
      throw new ExpressionError('template.value_refused', 'No.', 0)
    }
    expect(error(() => renderTemplate('a\n{{ topic }}', scope, { encode: refusing }))).toMatchObject({
      message: 'Line 2: No.',
      offset: 4,
    })
  })
  it('what it makes is charged', () => {
    const growing: Encoder = () => 'x'.repeat(600_000)
    expect(error(() => renderTemplate('{{ topic }}{{ topic }}', scope, { encode: growing })).code).toBe(
      'expression.fuel',
    )
  })
})

describe('checkTemplate', () => {
  it.each([
    ['{{ topic }', 0, 'This {{ is not closed.'],
    ['a\n{% if x', 2, 'This {% is not closed.'],
    ['{# a', 0, 'This {# is not closed.'],
    ['{% raw %}a', 0, 'This raw block is not closed.'],
    ['{% if x %}a', 0, 'This if is not closed.'],
    ['{% if x %}a{% else %}b', 0, 'This if is not closed.'],
    ['{% for x in y %}a', 0, 'This for is not closed.'],
    ['{% for x in y %}a{% else %}b', 0, 'This for is not closed.'],
    ['{% if x %}a{% endif x %}', 11, 'Nothing stands behind endif.'],
    ['{% for x in y %}a{% endfor x %}', 17, 'Nothing stands behind endfor.'],
    ['{% if x %}a{% else %}b{% endif x %}', 22, 'Nothing stands behind endif.'],
    ['{% if2 %}a{% endif %}', 0, 'There is no tag if2.'],
    ['{% for loop in x %}{% endfor %}', 0, 'Within a loop, loop is the name of the loop itself.'],
    ['{% for x in y %}{% set loop = 1 %}{% endfor %}', 16, 'Within a loop, loop is the name of the loop itself.'],
    ['{% set in = 1 %}', 7, 'in is a word of the language and cannot be a variable.'],
    ['{{ "\\N{BULLET}" }}', 4, 'Characters are not written by their names here.'],
    ['a{% endif %}', 1, 'There is nothing that endif belongs to here.'],
    ['{% elif x %}', 0, 'There is nothing that elif belongs to here.'],
    ['{% include "x" %}', 0, 'There is no tag include.'],
    ['{% %}', 0, 'There is no tag without a name.'],
    ['{% if a %}{% else if b %}{% endif %}', 10, 'Nothing stands behind else.'],
    ['{% set x %}a{% endset %}', 0, 'A set gives one name a value.'],
    ['{% set a, b = c %}', 0, 'A set gives one name a value.'],
    ['{% set constructor = 1 %}', 7, 'constructor is not a name that can be used.'],
    ['{% for __proto__ in x %}{% endfor %}', 7, '__proto__ is not a name that can be used.'],
    ['{% for x in %}{% endfor %}', 12, 'A value is missing at the end.'],
    ['{% for x in y z %}{% endfor %}', 14, 'z is not expected here.'],
    ['{{ a }}\n{{ a + }}', 15, 'A value is missing at the end.'],
    ['{{ x | nofilter }}', 7, 'There is no function nofilter.'],
    ['{{ {{ a }} }}', 3, '{ is not expected here.'],
    [`${'{% if a %}'.repeat(33)}${'{% endif %}'.repeat(33)}`, 320, 'Blocks may be nested 32 deep.'],
  ])('%s', (template, offset, message) => {
    expect(checkTemplate(template)).toMatchObject([{ offset, message }])
    expect(() => renderTemplate(template, scope)).toThrow(ExpressionError)
    expect(templateReferences(template)).toEqual([])
  })
  it('moves the fix with the expression', () => {
    expect(checkTemplate('ab{{ x = 1 }}')).toMatchObject([{ offset: 7, fix: { offset: 7, text: '==' } }])
  })
  it('wants secrets by name in every part', () => {
    const template =
      '{{ env }}{% if env %}{{ secrets }}{% else %}{{ env }}{% endif %}{% for x in env %}{{ env[x] }}{% endfor %}{% set a = env %}'
    expect(checkTemplate(template).map(({ code, offset }) => [code, offset])).toEqual(
      [3, 15, 24, 47, 76, 85, 117].map((offset) => ['expression.secret_by_name', offset]),
    )
    expect(checkTemplate('{% set env = 1 %}{{ env }}{% for secrets in tags %}{{ secrets }}{% endfor %}')).toEqual([])
  })
  it('finds nothing wrong with what is right', () => {
    expect(checkTemplate('{% for k, v in items(person) if k %}{{ loop.index }}{{ v }}{% else %}-{% endfor %}')).toEqual(
      [],
    )
  })
})

describe('templateReferences', () => {
  const read = (template: string): string[] =>
    templateReferences(template).map(({ root, path, guarded }) => [root, ...path].join('.') + (guarded ? '?' : ''))

  it.each<[string, string[]]>([
    ['plain', []],
    ['{{ a }} {{ inputs.b[0] }}', ['runtime.a', 'inputs.b.0']],
    [
      '{% for x in xs if x > low %}{{ x }}{{ loop.index }}{{ y }}{% else %}{{ x }}{% endfor %}{{ x }}',
      ['runtime.xs', 'runtime.low', 'runtime.y', 'runtime.x', 'runtime.x'],
    ],
    ['{% set x = a %}{{ x }}{{ x.y }}', ['runtime.a']],
    ['{% if a %}{% set x = 1 %}{% endif %}{{ x }}', ['runtime.a']],
    [
      '{% if a is defined %}{{ a }}{% else %}{{ a }}{% endif %}{{ a }}',
      ['runtime.a?', 'runtime.a?', 'runtime.a', 'runtime.a'],
    ],
    [
      '{% if a is undefined %}-{% elif a > 1 %}{{ a }}{% else %}{{ a }}{% endif %}',
      ['runtime.a?', 'runtime.a?', 'runtime.a?', 'runtime.a?'],
    ],
    ['{{ a | default(b) }}', ['runtime.a?', 'runtime.b']],
    ['{% raw %}{{ a }}{% endraw %}{# {{ b }} #}', []],
  ])('%s', (template, expected) => {
    expect(read(template)).toEqual(expected)
  })
  it('marks where each stands in the template', () => {
    expect(templateReferences('ab\n{{ x }}{{ "}}" }}{% if  y.z %}{% endif %}')).toMatchObject([
      { offset: 6, length: 1 },
      { offset: 27, length: 3 },
    ])
  })
})
