import { isJsonObject, type Json } from '#lib/json.ts'
import type { Random } from '#lib/mock-ai/random.ts'
import { readSchema } from '#lib/schema/gate.ts'
import { checkPattern, compilePattern } from '#lib/schema/pattern.ts'
import { validateInterpreted } from '#lib/schema/validate-interpreted.ts'
import { stepCatalog } from '#lib/steps/definitions.ts'
import { checkExpression } from '#lib/workflow/expressions/check.ts'
import { ExpressionError } from '#lib/workflow/expressions/errors.ts'
import { evaluateExpression } from '#lib/workflow/expressions/evaluate.ts'
import { references } from '#lib/workflow/expressions/references.ts'
import { workflowOutline } from '#lib/workflow/outline.ts'
import { parseText } from '#lib/workflow/parse.ts'
import { checkTemplate, templateReferences } from '#lib/workflow/templates/check.ts'
import { jsonTextEncoder } from '#lib/workflow/templates/encoders.ts'
import { renderTemplate, renderValue } from '#lib/workflow/templates/render.ts'
import { validateParsed } from '#lib/workflow/validate.ts'
import { compileSchema } from '#server/schema/compile.ts'
import { isLeftToInterpreter } from '#server/schema/judge.ts'
import * as material from './material.ts'
import { mutateText, mutateValue, oneOf, randomScalar, randomText } from './mutate.ts'

/** Something that reads input from outside. What it throws is a crash, whatever the input was. */
export interface Target {
  readonly name: string
  /** How many of a hundred inputs it gets. */
  readonly share: number
  draw(random: Random): Json
  /** Whether the input was accepted. Throws where a promise does not hold. */
  run(input: Json, random: Random): boolean
}

const parser: Target = {
  name: 'parser',
  share: 5,
  draw(random) {
    if (random.next() < 0.08) return randomText(random)
    if (random.next() < 0.35) {
      return JSON.stringify(mutateValue(random, oneOf(random, material.workflowValues), material.workflowValues))
    }
    return mutateText(random, oneOf(random, material.texts), material.texts)
  },
  run(input) {
    const text = String(input)
    const parsed = parseText(text)
    const { definition, diagnostics } = validateParsed(parsed, stepCatalog)
    const lines = text.split(/\r\n|\r|\n/).length
    for (const { code, message, line, column, endLine, endColumn } of diagnostics) {
      expect(line >= 1 && column >= 1 && endLine >= line, `${code} stands at ${line}:${column}-${endLine}:${endColumn}`)
      expect(endLine <= lines + 1, `${code} stands behind the text, at line ${endLine} of ${lines}`)
      expect(endLine > line || endColumn >= column, `${code} ends before it begins`)
      expect(!/undefined|\[object /.test(message) || /undefined|\[object /.test(text), `says "${message}"`)
    }
    const errors = diagnostics.filter(({ severity }) => severity === 'error').length
    expect(
      (definition === null) === errors > 0,
      `there are ${errors} errors and ${definition === null ? 'no' : 'a'} definition`,
    )
    JSON.stringify(definition)
    workflowOutline(text, parsed.document)
    return definition !== null
  },
}

const expression: Target = {
  name: 'expressions',
  share: 42,
  draw(random) {
    const good = () => oneOf(random, material.expressions)
    const drawn = random.next() < 0.2 ? randomText(random) : random.next() < 0.5 ? good() : combined(random, good)
    return random.next() < 0.6 ? mutateText(random, drawn, material.expressions) : drawn
  },
  run(input) {
    const source = String(input)
    const problems = checkExpression(source)
    for (const { offset, length, code } of problems) checkPlace(source, code, offset, length)
    references(source)
    return accepted(source, () => JSON.stringify(evaluateExpression(source, material.scope)), problems.length)
  },
}

const template: Target = {
  name: 'templates',
  share: 33,
  draw(random) {
    const good = () => oneOf(random, material.templates)
    const drawn = random.next() < 0.15 ? randomText(random) : random.next() < 0.7 ? good() : good() + good()
    return random.next() < 0.8 ? mutateText(random, drawn, material.templates) : drawn
  },
  run(input, random) {
    const source = String(input)
    switch (random.int(0, 2)) {
      case 0: {
        const problems = checkTemplate(source)
        for (const { offset, length, code } of problems) checkPlace(source, code, offset, length)
        templateReferences(source)
        return problems.length === 0
      }
      case 1:
        return accepted(source, () => renderValue({ a: [source] }, material.scope, { encode: jsonTextEncoder() }))
      default:
        return accepted(source, () => renderTemplate(source, material.scope))
    }
  },
}

const schema: Target = {
  name: 'schemas',
  share: 20,
  draw(random) {
    const { schemas, patterns, values } = material
    const parts = random.next() < 0.1 ? values : schemas
    let drawn = random.next() < 0.4 ? nested(random, () => oneOf(random, schemas)) : oneOf(random, schemas)
    while (random.next() < 0.6) drawn = mutateValue(random, drawn, parts)
    if (random.next() < 0.05) drawn = { pattern: mutateText(random, oneOf(random, patterns), patterns) }
    return drawn
  },
  run(input, random) {
    const { problems, schema: modern } = readSchema(input)
    for (const { code, message } of problems) {
      expect(code.startsWith('schema.') && /[.?]$/s.test(message), `says "${message}" of ${code}`)
    }
    if (!isJsonObject(input)) {
      expect(problems.length > 0, 'what is no object is accepted')
      return false
    }
    const probes = [
      oneOf(random, material.values),
      mutateValue(random, oneOf(random, material.values), material.values),
    ]
    const verdicts = [...probes, randomScalar(random)].map(
      (value) => [value, validateInterpreted(input, value)] as const,
    )
    if (problems.length > 0) {
      expect(
        verdicts.every(([, violations]) => violations.length === 1),
        'a refused schema checks values',
      )
      return false
    }
    const { pattern } = input
    if (typeof pattern === 'string' && checkPattern(pattern) === null) compilePattern(pattern).test('a'.repeat(5_000))
    const fits = compileSchema(modern)
    if (isLeftToInterpreter(input)) return true
    for (const [value, violations] of verdicts) {
      if (violations.some(({ message }) => message.startsWith('is too complex'))) continue
      const verdict = verdictOf(fits, value)
      if (verdict !== null)
        expect(verdict === (violations.length === 0), `the validators disagree about ${JSON.stringify(value)}`)
    }
    return true
  },
}

export const TARGETS: readonly Target[] = [parser, expression, template, schema]

/** Good parts put together, so that more than the doors is tried. */
function combined(random: Random, good: () => string): string {
  return random.pick([
    `(${good()}) and (${good()})`,
    `(${good()}) ${random.pick(['==', '+', '-', '*', '/', '%', '<', '>=', 'in', 'or', '|| '])} (${good()})`,
    `${good()} if ${good()} else ${good()}`,
    `[${good()}, ${good()}]`,
    `not (${good()})`,
    `default(${good()}, ${good()})`,
    `any(${good()} for item in [${good()}])`,
    `all(item in [${good()}] for item in ${random.pick(['numbers', 'many', 'words', 'deep', 'odd'])})`,
    `len(string(${good()}))`,
    `(${good()}) | tojson`,
  ])
}

function nested(random: Random, good: () => Json): Json {
  return random.pick<Json>([
    { [random.pick(['allOf', 'anyOf', 'oneOf'])]: [good(), good()] },
    { [random.pick(['not', 'items', 'contains', 'additionalProperties', 'propertyNames'])]: good() },
    { properties: { a: good(), title: good() }, unevaluatedProperties: good() },
    { $ref: random.pick(['#/$defs/a', '#/definitions/a']), $defs: { a: good(), b: { $ref: '#/$defs/a' } } },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema; nobody awaits a schema
    { if: good(), then: good(), else: good() },
    { prefixItems: [good(), good()], unevaluatedItems: good() },
  ])
}

/** ajv throws on data that shadows the methods it compares by; `judge.ts` then goes by the interpreter. */
function verdictOf(fits: (value: unknown) => boolean, value: Json): boolean | null {
  try {
    return fits(value)
  } catch (error) {
    if (error instanceof TypeError && /not a function/.test(error.message)) return null
    throw error
  }
}

function accepted(source: string, evaluate: () => unknown, problems = 0): boolean {
  try {
    evaluate()
    return problems === 0
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error
    checkPlace(source, error.code, error.offset, error.length)
    return false
  }
}

function checkPlace(source: string, code: string, offset: number, length: number): void {
  expect(offset >= 0 && offset <= source.length && length >= 1, `${code} stands at ${offset} of ${source.length}`)
}

function expect(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise)
}
