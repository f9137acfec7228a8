import { describe, expect, it } from 'vitest'
import type { Json } from '../../json.ts'
import type { Scope } from '../scope.ts'
import { checkExpression } from './check.ts'
import { ExpressionError } from './errors.ts'
import { evaluateExpression } from './evaluate.ts'

const scope: Scope = {
  roots: {
    runtime: {
      topic: 'AI',
      score: 81,
      scores: [3, 20, 7],
      tags: ['b', 'A', 'c'],
      nothing: null,
      yes: true,
      brief: { tone: 'dry', 'word count': 900, inner: { deep: [1, { x: 'y' }] } },
      emoji: '🚀a🚀',
      item: 'from runtime',
    },
    static: { company: 'Acme' },
    steps: { 'my-step': { output: { total: 5 } } },
    secrets: { TOKEN: 's3cret' },
    inputs: { a: 1, b: 2, tags: ['urgent'], 'first name': 'x' },
  },
  now: '2026-03-04T05:06:07.000Z',
}

const value = (source: string): Json => evaluateExpression(source, scope)

function error(source: string): ExpressionError {
  try {
    evaluateExpression(source, scope)
  } catch (caught) {
    if (caught instanceof ExpressionError) return caught
    throw caught
  }
  throw new Error(`${source} has a value`)
}

describe('names', () => {
  it('a bare name is one of runtime', () => {
    expect(value('topic')).toBe('AI')
    expect(value('runtime.topic')).toBe('AI')
  })
  it('a namespace goes before a name of runtime, and one that is not there is an unknown variable', () => {
    expect(error('item').code).toBe('expression.unknown_variable')
    expect(value('runtime.item')).toBe('from runtime')
  })
  it('a loop variable goes before everything', () => {
    expect(value('any(item == 20 for item in scores)')).toBe(true)
    expect(value('len(topic for topic in scores if topic > 3)')).toBe(2)
  })
  it('a step with a hyphen is reached in brackets', () => {
    expect(value("steps['my-step'].output.total + 1")).toBe(6)
  })
  it('a missing one is an error with its name and place', () => {
    expect(error('1 + nope')).toMatchObject({
      code: 'expression.unknown_variable',
      message: 'There is no variable nope.',
      offset: 4,
      length: 4,
    })
    expect(error('brief.tone == 1 or brief.nope.x').message).toBe('There is no brief.nope.')
    expect(error("brief['no such']")).toMatchObject({
      code: 'expression.missing',
      message: 'There is no brief["no such"].',
    })
    expect(error('nothing.x').message).toBe('There is no nothing.x: nothing is null.')
    expect(error('nothing[0]').code).toBe('expression.missing')
    expect(error('scores[score]').message).toBe('scores has 3 elements: there is no [81].')
    expect(error('topic.length').hint).toBe('Write len(x).')
  })
  it('a scope without runtime has no bare names', () => {
    expect(() => evaluateExpression('x', { roots: {}, now: scope.now })).toThrow('There is no variable x.')
    expect(() => evaluateExpression('runtime', { roots: {}, now: scope.now })).toThrow('There is no runtime here.')
  })
})

describe('keys that reach a prototype', () => {
  // Own keys of the data, as JSON.parse makes them.
  const own: Json = JSON.parse('{"constructor": 1, "__proto__": {"polluted": 2}, "toString": 3, "k": "__proto__"}')
  const hostile: Scope = { roots: { runtime: { ...(own as object), own } }, now: scope.now }

  it.each([
    'constructor',
    'toString',
    'own.constructor',
    'own["__proto__"]',
    'own[own.k]',
    'own[own.k].polluted',
    'default(own.toString, 1)',
    'own.constructor is defined',
  ])('are refused even where the data has them: %s', (source) => {
    expect(() => evaluateExpression(source, hostile)).toThrow(
      expect.objectContaining({ code: 'expression.not_allowed' }),
    )
  })
  it('are refused by the check where they are written, and only there', () => {
    expect(checkExpression('own.constructor')).toHaveLength(1)
    expect(checkExpression('constructor')).toHaveLength(1)
    expect(checkExpression('own[own.k]')).toEqual([])
    expect(checkExpression('own.constructor_name == "__proto__"')).toEqual([])
  })
})

describe('absence', () => {
  it.each([
    ['default(nope, 3)', 3],
    ['default(brief.nope.deeper, 3)', 3],
    ['default(nothing, 3)', 3],
    ['default(nothing.x, 3)', 3],
    ['default(nope, brief.nope, 3)', undefined],
    ['default(default(nope, brief.nope), 3)', 3],
    ['default(scores[9], 0)', 0],
    ['default(first([]), "none")', 'none'],
    ['default(0, 3)', 0],
    ['default(0, 3, true)', 3],
    ['default(score, 3, true)', 81],
    ['default(yes ? nope : 1, 3)', 3],
    ['nope | default("x") | upper', 'X'],
    ['nope is defined', false],
    ['nothing is defined', true],
    ['nothing.x is defined', false],
    ['brief.inner.deep[1].x is defined', true],
    ['brief.inner.deep[2].x is not defined', true],
    ['nope is undefined', true],
    ['topic is undefined', false],
    ['nothing is none', true],
    ['topic is not None', true],
    ['nothing is null', true],
  ])('%s', (source, expected) => {
    if (expected === undefined) expect(error(source).code).toBe('expression.missing')
    else expect(value(source)).toBe(expected)
  })
  it('default does not hide errors of what is computed from the missing', () => {
    expect(error('default(lower(nope), "x")').code).toBe('expression.unknown_variable')
    expect(error('default(1 / 0, 1)').code).toBe('expression.division_by_zero')
  })
})

describe('operators', () => {
  it.each<[string, Json]>([
    ['not score == 1', true],
    ['!score == 1', false],
    ['!(score == 1)', true],
    ['not 3 in scores', false],
    ['yes && topic', 'AI'],
    ['nothing || topic', 'AI'],
    ['yes and not nothing', true],
    ['score > 80 ? "a" : "b"', 'a'],
    ['score > 90 ? "a" : score > 80 ? "b" : "c"', 'b'],
    ['"a" if score > 90 else "b" if score > 80 else "c"', 'b'],
    ['yes ? 1 if nothing else 2 : 3', 2],
    ['true == True and false == False and null == None and none == null', true],
    ['True == 1', false],
    ['[1, [2]]', [1, [2]]],
    ['brief == brief', true],
    ['brief.inner == brief', false],
    ['scores == tags', false],
    ['"tone" in brief', true],
    ['3 in brief', false],
    ['emoji[0] == "🚀" and emoji[-1] == "🚀" and emoji[1] == "a"', true],
    ['len(emoji)', 3],
    ['"\\uffff" < "🚀"', true],
    ['"🚀" < "🚁"', true],
    ['1+2', 3],
    ['1-2', -1],
    ['-0', 0],
    ['+3', 3],
  ])('%s', (source, expected) => {
    expect(value(source)).toEqual(expected)
  })
})

describe('where the language is stricter than Python', () => {
  it.each([
    ['yes + 1', 'expression.type'],
    ['-yes', 'expression.type'],
    ['yes < 2', 'expression.type'],
    ['"a" + "b"', 'expression.type'],
    ['"a" * 3', 'expression.type'],
    ['"%s" % 3', 'expression.type'],
    ['[1] + [2]', 'expression.type'],
    ['[1] < [2]', 'expression.type'],
    ['1 < 2 < 3', 'expression.chained_comparison'],
    ['1 == 2 in scores', 'expression.chained_comparison'],
    ['9007199254740991 + 1', 'expression.number_range'],
    ['9007199254740993', 'expression.number_range'],
    ['-9007199254740991 - 1', 'expression.number_range'],
    ['1e400', 'expression.number_range'],
    ['9007199254740991 * 9007199254740991', 'expression.number_range'],
    ['sum([9007199254740991, 1])', 'expression.number_range'],
    ['1 / 0', 'expression.division_by_zero'],
    ['1 % 0', 'expression.division_by_zero'],
    ['1 in yes', 'expression.type'],
    ['1 in topic', 'expression.type'],
    ['1 in nothing', 'expression.type'],
    ['score["a"]', 'expression.missing'],
    ['score[0]', 'expression.type'],
    ['scores[0.5]', 'expression.type'],
    ['scores[yes]', 'expression.type'],
    ['brief[1]', 'expression.type'],
    ['topic is odd', 'expression.type'],
    ['any(a for a, b in scores)', 'expression.type'],
    ['any(x for x in score)', 'expression.type'],
    ['any(x for x in nothing)', 'expression.type'],
  ])('%s', (source, code) => {
    expect(error(source).code).toBe(code)
  })
  it('says what to do about a chain', () => {
    expect(checkExpression('0 < score <= 100')).toEqual([
      {
        code: 'expression.chained_comparison',
        message: 'Comparisons cannot be chained.',
        offset: 0,
        length: 16,
        hint: 'Write 0 < score and score <= 100.',
        fix: { title: 'Compare twice', offset: 0, length: 16, text: '0 < score and score <= 100' },
      },
    ])
  })
  it('says what to do about a nullable number', () => {
    expect(error('nothing > 1').hint).toBe('nothing is null; default(nothing, 0) helps.')
    expect(error('nothing + 1').hint).toBe('nothing is null; default(nothing, 0) helps.')
  })
})

describe('secrets', () => {
  it('are read by name', () => {
    expect(value('secrets.TOKEN')).toBe('s3cret')
    expect(value('secrets["TOKEN"]')).toBe('s3cret')
  })
  it.each(['secrets', 'tojson(secrets)', 'secrets[topic]', 'keys(env)', 'env[inputs.a]', 'any(s for s in secrets)'])(
    'have no value as a whole: %s',
    (source) => {
      expect(checkExpression(source).map(({ code }) => code)).toEqual(['expression.secret_by_name'])
      expect(error(source).code).toBe('expression.secret_by_name')
    },
  )
  it('a loop variable of that name is only a loop variable', () => {
    expect(checkExpression('any(env > 1 for env in scores)')).toEqual([])
    expect(value('any(env > 1 for env in scores)')).toBe(true)
  })
  it('an unset one is missing by name', () => {
    expect(error('env.DATABASE_URL').code).toBe('expression.unknown_variable')
    expect(error('secrets.NOPE').message).toBe('There is no secrets.NOPE.')
  })
})

describe('what is wrong with a source', () => {
  it.each([
    ['', 'expression.syntax', 0, 'There is no expression.'],
    ['1 +', 'expression.syntax', 3, 'A value is missing at the end.'],
    ['a = 1', 'expression.syntax', 2, 'Nothing can be assigned here.'],
    ['a === 1', 'expression.syntax', 2, 'There is no operator ===.'],
    ['a !== 1', 'expression.syntax', 2, 'There is no operator !==.'],
    ['7 // 2', 'expression.syntax', 2, 'There is no operator //.'],
    ['2 ** 3', 'expression.syntax', 2, 'There is no operator **.'],
    ['a ?? b', 'expression.syntax', 2, 'There is no operator ??.'],
    ['a << b', 'expression.syntax', 2, '< is not expected here.'],
    ['~a', 'expression.not_allowed', 0, 'There is no operator ~.'],
    ['a b', 'expression.syntax', 2, 'b is not expected here.'],
    ['a; b', 'expression.syntax', 1, '; is not expected here.'],
    ['a, b', 'expression.syntax', 1, ', is not expected here.'],
    ['(a, b)', 'expression.syntax', 2, 'A list is written in square brackets.'],
    ['(a', 'expression.syntax', 0, 'This ( is not closed.'],
    ['[a', 'expression.syntax', 0, 'This [ is not closed.'],
    ['len(a', 'expression.syntax', 3, 'This ( is not closed.'],
    ['len(a b)', 'expression.syntax', 6, 'b is not expected here.'],
    ['len(a=1)', 'expression.syntax', 5, 'Arguments have no names here.'],
    ['len(...a)', 'expression.not_allowed', 4, 'Values cannot be spread.'],
    ['[x for x in y]', 'expression.syntax', 3, 'for is not expected here.'],
    ['"abc', 'expression.syntax', 0, 'This text is not closed.'],
    ['"\\u12"', 'expression.syntax', 1, 'The escape \\u needs 4 hexadecimal digits.'],
    ['a and', 'expression.syntax', 5, 'A value is missing at the end.'],
    ['and a', 'expression.syntax', 0, 'A value is missing before and.'],
    ['a == not b', 'expression.syntax', 5, 'A value is missing before not.'],
    ['a if b', 'expression.syntax', 6, 'An inline if needs an else.'],
    ['a ? b', 'expression.syntax', 5, 'A condition with ? needs a : and a second value.'],
    ['a |', 'expression.syntax', 3, 'A filter needs a name.'],
    ['a is', 'expression.syntax', 4, 'A test needs a name.'],
    ['any(x for 1 in y)', 'expression.syntax', 10, 'A loop variable needs a name.'],
    ['any(x for x of y)', 'expression.syntax', 12, 'The word in is missing.'],
    ['any(x for True in y)', 'expression.not_allowed', 10, 'True is a value and cannot be a variable.'],
    ['any(x for toString in y)', 'expression.not_allowed', 10, 'toString is not a name that can be used.'],
    [
      'upper(x for x in y)',
      'expression.not_allowed',
      6,
      'A generator stands only within any(), all(), len(), sum(), min() and max().',
    ],
    ['nofunction(1)', 'expression.unknown_function', 0, 'There is no function nofunction.'],
    ['a | nofilter', 'expression.unknown_function', 4, 'There is no function nofilter.'],
    ['a is notest', 'expression.unknown_function', 5, 'There is no test notest.'],
    ['lower()', 'expression.arguments', 0, 'lower() has too few arguments.'],
    ['lower(1, 2)', 'expression.arguments', 0, 'lower() has too many arguments.'],
    ['a is divisibleby', 'expression.arguments', 0, 'is divisibleby has too few arguments.'],
    ['topic.upper()', 'expression.not_allowed', 0, 'Values have no functions of their own.'],
    ['topic["upper"]()', 'expression.not_allowed', 0, 'Values have no functions of their own.'],
    ['brief?.tone', 'expression.not_allowed', 0, 'There is no ?. here.'],
    ['len?.(a)', 'expression.not_allowed', 0, 'There is no ?. here.'],
    ['this', 'expression.not_allowed', 0, 'There is no variable this.'],
    ['[1,,2]', 'expression.syntax', 3, ', is not expected here.'],
    ['1.2.3', 'expression.syntax', 3, 'Unexpected period.'],
    ['{a: 1}', 'expression.syntax', 0, '{ is not expected here.'],
    ['a[', 'expression.syntax', 2, 'A value is missing at the end.'],
  ])('%s', (source, code, offset, message) => {
    expect(checkExpression(source)).toMatchObject([{ code, offset, message }])
  })

  it('looks at every branch, also at those that are never taken', () => {
    expect(checkExpression('true ? 1 : nofunction()')).toHaveLength(1)
    expect(checkExpression('true or a.constructor')).toHaveLength(1)
    expect(error('true or a.constructor').code).toBe('expression.not_allowed')
  })
  it('says the length before it parses', () => {
    const long = `"${'x'.repeat(2_048)}"`
    expect(checkExpression(long)).toMatchObject([{ code: 'expression.too_long', length: 2_050 }])
    expect(checkExpression(`"${'x'.repeat(2_046)}"`)).toEqual([])
  })
  it('allows 32 levels, and long chains of conditions', () => {
    const nested = (depth: number): string => `${'['.repeat(depth - 1)}1${']'.repeat(depth - 1)}`
    expect(checkExpression(nested(32))).toEqual([])
    expect(checkExpression(nested(33))).toMatchObject([{ code: 'expression.too_deep' }])
    expect(checkExpression(nested(900))).toMatchObject([{ code: 'expression.too_deep' }])
    expect(checkExpression('!'.repeat(2_000))).toMatchObject([{ code: 'expression.too_deep' }])
    expect(checkExpression(`${'not '.repeat(400)}a`)).toMatchObject([{ code: 'expression.too_deep' }])
    expect(value(Array.from({ length: 100 }, () => 'yes').join(' and '))).toBe(true)
  })
})
