import { describe, expect, it } from 'vitest'
import type { Json } from '../../json.ts'
import type { Scope } from '../scope.ts'
import { checkExpression } from './check.ts'
import { ExpressionError, type ExpressionErrorCode } from './errors.ts'
import { evaluateExpression } from './evaluate.ts'

const deep = (levels: number): Json => (levels === 0 ? 1 : [deep(levels - 1)])

const scope: Scope = {
  roots: {
    runtime: {
      score: 81,
      topic: 'AI',
      scores: [3, 20, 7],
      brief: { tone: 'dry' },
      nothing: null,
      yes: true,
      long: 'x'.repeat(600_000),
      big: 1e17,
      deep: deep(300),
      key: '__proto__',
    },
    secrets: { TOKEN: 's3cret' },
  },
  now: '2026-03-04T05:06:07.000Z',
}

/** Each code with expressions, and between the arrows exactly what the error is about. */
const TABLE: Record<Exclude<ExpressionErrorCode, `template.${string}`>, readonly string[]> = {
  'expression.syntax': [
    '→←',
    '→   ←',
    'score >→←',
    '1 + →)←',
    'score →=← 1',
    'score →===← 1',
    'score →!==← 1',
    '7 →//← 2',
    '2 →**← 3',
    'score →??← 1',
    'score →topic←',
    'score→;← topic',
    '→and← score',
    'score == →not← yes',
    'score if yes→←',
    'score ? 1→←',
    'score |→←',
    'score is→←',
    'len→(←scores',
    '→[←1, 2',
    '→(←score',
    '→"abc←',
    '"a→\\u12"←',
    '(score→,← 1)',
    'len(scores→=←1)',
    'any(x for →1← in scores)',
    'any(x for x →of← scores)',
    '[x →for← x in scores]',
    'any(x for x in scores if x →if← x)',
    '1.2→.←3',
    '→007← + 1',
    `'→\\N←{DASH}'`,
    '1→a←',
    '1e→←',
    'brief.→1←',
    '→🚀← x',
  ],
  'expression.too_long': [`→${'x'.repeat(2_049)}←`],
  'expression.too_deep': [
    `${'['.repeat(32)}→1←${']'.repeat(32)}`,
    'deep == [→deep←]',
    '→tojson(deep)←',
    '→deep | string←',
  ],
  'expression.not_allowed': [
    '→~score←',
    '→constructor←',
    'brief.→__proto__←',
    'brief[→key←]',
    'any(x for →toString← in scores)',
    'any(x for →True← in scores)',
    'len(→...←scores)',
    '→topic.upper←()',
    '→brief?.tone←',
    '→this←',
    'upper(→x for x in scores←)',
  ],
  'expression.unknown_function': ['1 + →lenght←(scores)', 'topic | →uper←', 'topic is →nonee←', '→eval←("1")'],
  'expression.arguments': ['yes and →lower()←', '→topic | lower(1)←', '→score is divisibleby←'],
  'expression.chained_comparison': ['yes and →0 < score <= 100←'],
  'expression.secret_by_name': ['tojson(→secrets←)', '→secrets←[topic]', 'len(→env←)'],
  'expression.unknown_variable': ['1 + →nope←', '→scor← > 80', '→inputs←.a', 'score > 80 and len(→tags←) > 0'],
  'expression.missing': [
    '→brief.nope← == 1',
    '→brief["no such"]←',
    'yes and →nothing.x←',
    '→topic.length←',
    '→nothing[0]←',
  ],
  'expression.index_range': ['1 + →scores[9]←', '→topic[5]←', 'upper(→first([])←)'],
  'expression.type': [
    '1 + →topic← * 2',
    '→yes← + 1',
    '-→topic←',
    'score + →nothing←',
    'yes and →score > topic←',
    '→nothing > 1←',
    '→scores < [1]←',
    '→1 in score←',
    '→1 in topic←',
    '→[1] in brief←',
    '→1 in nothing←',
    '→lower(1)←',
    'yes and →len(score)←',
    '→topic | round←',
    '→max([1, "a"])←',
    'any(x for x in →score←)',
    'any(x for a, b in →scores←)',
    'scores[→yes←]',
    'scores[→0.5←]',
    '→score[0]←',
    '→topic is odd←',
    '→contains(nothing, 1)←',
    '→split(topic, "")←',
    '→range(1, 2, 0)←',
  ],
  'expression.division_by_zero': ['1 + →score / 0←', '→score % (score - 81)←'],
  'expression.number_range': [
    '→9007199254740993← == 1',
    '→1e400←',
    '1 == →9007199254740991 + 1←',
    '→big← - 1',
    '→big == big←',
    'yes and →big < big←',
    '→sum([9007199254740991, 1])←',
  ],
  'expression.fuel': [
    'yes and →range(200000)←',
    '1 + →replace(long, "x", "ab")←',
    'score > 1 and all(→n← > -1 for n in range(90000))',
  ],
}

function thrown(source: string): ExpressionError {
  try {
    evaluateExpression(source, scope)
  } catch (error) {
    if (error instanceof ExpressionError) return error
    throw error
  }
  throw new Error(`${source} has a value`)
}

const cases = Object.entries(TABLE).flatMap(([code, marked]) => marked.map((one) => ({ code, marked: one })))

describe('an error', () => {
  it.each(cases)('$code points at its token and says what to do: $marked', ({ code, marked }) => {
    const source = marked.replace(/[→←]/g, '')
    const error = thrown(source)
    const { offset, length } = error
    const token = source.slice(offset, offset + length)
    expect({ code: error.code, token: `${source.slice(0, offset)}→${token}←${source.slice(offset + length)}` }).toEqual(
      {
        code,
        token: marked,
      },
    )
    // Sentences, in words: no value of the data, no name of ours, and always what helps.
    expect(error.message).toMatch(/^\S+ .+\.$/u)
    expect(error.message).not.toMatch(/undefined|Identifier|Literal|s3cret|unary|NaN|\[object/i)
    expect(error.hint).toMatch(/^[\p{L}\p{N}"'(].*[.?]$/u)
  })

  it('that can be told without data is told by the check in the same words', () => {
    for (const { marked } of cases) {
      const source = marked.replace(/[→←]/g, '')
      const [problem] = checkExpression(source)
      if (problem === undefined) continue
      const { code, message, offset, length, hint } = thrown(source)
      expect(problem).toMatchObject({ code, message, offset, length, hint })
    }
  })

  it('names what was probably meant', () => {
    expect(thrown('scor > 80').hint).toBe('Did you mean score?')
    expect(thrown('input.x').hint).toBe('Did you mean inputs?')
    expect(thrown('brief.tne').hint).toBe('Did you mean tone?')
    expect(thrown('lenght(scores)').hint).toBe('Did you mean length?')
    expect(thrown('topic is nonee').hint).toBe('Did you mean none?')
    expect(thrown('any(item > 1 for itm in scores)').hint).toMatch(/^There is/)
    expect(thrown('nope').hint).toBe('Check the name, or write default(nope, …) for where it may be absent.')
  })
})
