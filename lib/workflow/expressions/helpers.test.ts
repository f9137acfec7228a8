import { describe, expect, it } from 'vitest'
import type { Json } from '../../json.ts'
import type { Scope } from '../scope.ts'
import { ExpressionError } from './errors.ts'
import { evaluateExpression } from './evaluate.ts'
import { HELPERS } from './helpers.ts'
import { TESTS } from './tests.ts'
import { characterAt, textLength } from './values.ts'

const scope: Scope = {
  roots: {
    runtime: {
      word: 'Straße',
      nothing: null,
      scores: [3, 20, 7],
      tags: ['b', 'A', 'c', 'a', 'B'],
      person: { name: 'Ana', age: 33 },
      padded: '  a  b\n',
    },
  },
  now: '2026-03-04T05:06:07.000Z',
}

const value = (source: string): Json => evaluateExpression(source, scope)

describe('helpers', () => {
  it.each<[string, Json]>([
    ['lower(word)', 'straße'],
    ['upper(word)', 'STRASSE'],
    ['capitalize("éCOLE")', 'École'],
    ['capitalize("")', ''],
    ['trim(padded)', 'a  b'],
    ['replace("a.b.c", ".", "$&")', 'a$&b$&c'],
    ['replace("ab", "", "-")', '-a-b-'],
    ['replace("", "a", "b")', ''],
    ['split("a,b,,c", ",")', ['a', 'b', '', 'c']],
    ['split(padded)', ['a', 'b']],
    ['split("")', []],
    ['join(scores, "-")', '3-20-7'],
    ['join(["a", null, true, 1.5])', 'aTrue1.5'],
    ['join([])', ''],
    ['contains(tags, "b")', true],
    ['contains("abc", "bc")', true],
    ['contains("abc", "")', true],
    ['contains(person, "name")', true],
    ['contains(person, "toString")', false],
    ['starts_with(word, "Str")', true],
    ['ends_with(word, "ße")', true],
    ['string(1.5)', '1.5'],
    ['string(null)', ''],
    ['string(true)', 'True'],
    ['string(person)', "{'name': 'Ana', 'age': 33}"],
    ['tojson([1, "ü<", null, 1e15])', '[1, "\\u00fc\\u003c", null, 1000000000000000]'],
    ['len(word)', 6],
    ['length(scores)', 3],
    ['count(person)', 2],
    ['int("42")', 42],
    ['int(" -4.9 ")', -4],
    ['int(2.9)', 2],
    ['int(-2.9)', -2],
    ['int("x", 7)', 7],
    ['int(null, 7)', 7],
    ['int(true, null)', null],
    ['float("2.5e2")', 250],
    ['float("x", 1.5)', 1.5],
    ['any(scores)', true],
    ['all([1, ""])', false],
    ['first(tags)', 'b'],
    ['last(tags)', 'B'],
    ['first("🚀x")', '🚀'],
    ['last("x🚀")', '🚀'],
    ['first([null])', null],
    ['min(scores)', 3],
    ['max(scores)', 20],
    ['min("b", "A")', 'A'],
    ['max(1, 5, 3)', 5],
    ['sum(scores)', 30],
    ['sum([])', 0],
    ['sum(x * 2 for x in scores)', 60],
    ['sort(tags)', ['A', 'a', 'b', 'B', 'c']],
    ['sort(scores, true)', [20, 7, 3]],
    ['sort([])', []],
    ['unique(tags)', ['b', 'A', 'c']],
    ['unique([1, "1", 1, [1], [1], null, null, true])', [1, '1', [1], null, true]],
    ['reverse(scores)', [7, 20, 3]],
    ['reverse("a🚀")', '🚀a'],
    ['keys(person)', ['name', 'age']],
    ['values(person)', ['Ana', 33]],
    [
      'items(person)',
      [
        ['name', 'Ana'],
        ['age', 33],
      ],
    ],
    ['range(3)', [0, 1, 2]],
    ['range(5, 2)', []],
    ['range(5, 0, -2)', [5, 3, 1]],
    ['round(2.5)', 2],
    ['round(-3.5)', -4],
    ['round(1234.5678, 2)', 1234.57],
    ['abs(-2)', 2],
    ['floor(-1.5)', -2],
    ['ceil(-1.5)', -1],
    ['ceil(-0.5)', 0],
    ['now()', '2026-03-04T05:06:07.000Z'],
    ['person | tojson | len', 26],
    ['scores | sort | first', 3],
    ['padded | trim | split | join("+")', 'a+b'],
    ['-3 | abs', 3],
    ['1 + nothing | default(2)', 3],
  ])('%s', (source, expected) => {
    expect(value(source)).toEqual(expected)
  })

  it.each([
    ['lower(1)', 'lower(): It takes text, not a number.'],
    ['lower(nothing)', 'lower(): It takes text, not null.'],
    ['split("a", "")', 'split(): The separator is empty.'],
    ['join(3)', 'join(): It takes a list, not a number.'],
    ['contains(1, 2)', 'contains(): x is a number: nothing can be in it.'],
    ['contains("a", 2)', 'contains(): x is text: only text can be in it, not a number.'],
    ['len(1)', 'len(): It takes a text, a list or an object, not a number.'],
    ['len(null)', 'len(): It takes a text, a list or an object, not null.'],
    ['int("x")', 'int(): The text is not a number.'],
    ['int("0x10")', 'int(): The text is not a number.'],
    ['int(true)', 'int(): a truth value is not a number.'],
    ['int("99999999999999999")', 'The result is beyond ±2^53, where whole numbers are no longer exact.'],
    ['float("x", "y")', 'float(): It takes a number, not text.'],
    ['first([])', 'An empty list has no first element.'],
    ['last("")', 'An empty text has no last element.'],
    ['min([])', 'An empty list has no least element.'],
    ['max([])', 'An empty list has no greatest element.'],
    ['min([1, "a"])', 'min(): It takes a list of numbers or a list of texts.'],
    ['sort([true])', 'sort(): It takes a list of numbers or a list of texts.'],
    ['sum(["a"])', 'sum(): It takes a number, not text.'],
    ['keys(scores)', 'keys(): It takes an object, not a list.'],
    ['range(1, 2, 0)', 'range(): The step is 0.'],
    ['range(0.5)', 'range(): It takes a whole number from -9007199254740991 to 9007199254740991.'],
    ['round(1, 99)', 'round(): It takes a whole number from 0 to 15.'],
    ['tojson(1, 9)', 'tojson(): It takes a whole number from 0 to 8.'],
  ])('%s is refused', (source, message) => {
    expect(() => value(source)).toThrow(ExpressionError)
    expect(() => value(source)).toThrow(message)
  })

  it('each has a signature with its own name and a summary', () => {
    const aliases: Record<string, string> = { d: 'default', length: 'len', count: 'len' }
    for (const [name, { signature, summary, min, max }] of HELPERS) {
      expect(signature.startsWith(`${aliases[name] ?? name}(`)).toBe(true)
      expect(summary.length).toBeGreaterThan(5)
      expect(min).toBeLessThanOrEqual(max)
    }
    for (const { signature, summary } of TESTS.values()) expect(signature + summary).toMatch(/^x is \w+/)
  })
})

describe('tests', () => {
  it.each<[string, boolean]>([
    ['word is string', true],
    ['1 is string', false],
    ['1.5 is number', true],
    ['true is number', false],
    ['1.5 is integer', false],
    ['2 is integer', true],
    ['false is boolean', true],
    ['false is false', true],
    ['0 is false', false],
    ['true is true', true],
    ['scores is sequence', true],
    ['word is sequence', true],
    ['person is sequence', false],
    ['person is mapping', true],
    ['nothing is mapping', false],
    ['scores is mapping', false],
    ['3 is odd', true],
    ['-3 is odd', true],
    ['3 is even', false],
    ['9 is divisibleby(3)', true],
    ['9 is not divisibleby(2)', true],
  ])('%s', (source, expected) => {
    expect(value(source)).toBe(expected)
  })
  it.each(['1.5 is odd', 'word is even', '9 is divisibleby(0)', '9 is divisibleby("3")', 'nope is string'])(
    '%s has no answer',
    (source) => {
      expect(() => value(source)).toThrow(ExpressionError)
    },
  )
})

describe('characters', () => {
  const texts = ['', 'a', '🚀', 'a🚀b', '🚀🚀', '\ud800', '\udc00', 'x\ud800', '\udc00x', '\ud800🚀\udc00', 'é\u0301']

  it.each(texts)('of %j are code points, counted from both ends', (text) => {
    const points = [...text]
    expect(textLength(text)).toBe(points.length)
    for (let i = -4; i < 5; i++) expect(characterAt(text, i)).toBe(points.at(i))
  })
})
