import type jsep from 'jsep'
import { PROTOTYPE_KEYS } from '../../json.ts'
import { didYouMean } from '../suggest.ts'
import type { ArithmeticOperator, CompareOperator, Node, NodeOf, Span } from './ast.ts'
import { ExpressionError } from './errors.ts'
import { KEPT_AS_TEXT } from './exact.ts'
import { fail, forbidden } from './fail.ts'
import { HELPERS } from './helpers.ts'
import type { RawNode } from './jsep-nodes.ts'
import { MAX_DEPTH } from './limits.ts'
import { OTHER_NAME } from './lookup.ts'
import { RESERVED } from './reader.ts'
import { TESTS } from './tests.ts'

const COMPARE: ReadonlySet<string> = new Set<CompareOperator>(['==', '!=', '<', '<=', '>', '>=', 'in', 'not in'])
const ARITHMETIC: ReadonlySet<string> = new Set<ArithmeticOperator>(['+', '-', '*', '/', '%'])
const CONSTANTS: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['True', true],
  ['false', false],
  ['False', false],
  ['null', null],
  ['None', null],
  ['none', null],
])

const OPERATORS = 'There are and, or, not, in, == != < <= > >= and + - * / %.'

type RawLoop = Extract<RawNode, { type: 'GeneratorExpression' }>

/** Helpers that take a generator instead of a list. */
const TAKES_GENERATOR: ReadonlySet<string> = new Set(['any', 'all', 'len', 'length', 'count', 'sum', 'min', 'max'])

/**
 * Turns what was read into what the language has. Every branch is looked at, also those no evaluation would reach: a
 * node type, operator, name or call that is not on the lists below ends it.
 */
export function lower(raw: RawNode, depth = 1): Node {
  const span = spanOf(raw)
  if (depth > MAX_DEPTH) {
    throw new ExpressionError('expression.too_deep', `An expression may be ${MAX_DEPTH} levels deep.`, span.offset, {
      length: span.length,
      hint: 'Split it into several, for instance with a set step.',
    })
  }
  const down = (child: RawNode): Node => lower(child, depth + 1)
  switch (raw.type) {
    case 'Literal':
      return { type: 'literal', value: constant(raw.value, span), ...span }
    case 'Identifier':
      return lowerName(raw.name, span)
    case 'ThisExpression':
      return refuse('There is no variable this.', span, 'Write the name of a variable.')
    case 'ArrayExpression':
      return { type: 'list', items: raw.elements.map((item) => down(present(item, span))), ...span }
    case 'MemberExpression':
      return lowerMember(raw, span, down)
    case 'UnaryExpression':
      if (raw.operator === '!') return { type: 'not', operand: down(asRaw(raw.argument)), ...span }
      if (raw.operator === '-' || raw.operator === '+') {
        return { type: 'sign', operator: raw.operator, operand: down(asRaw(raw.argument)), ...span }
      }
      return refuse(`There is no operator ${raw.operator}.`, span, OPERATORS)
    case 'NotExpression':
      return { type: 'not', operand: down(raw.argument), ...span }
    case 'BinaryExpression':
      return lowerBinary(raw, span, depth)
    case 'ConditionalExpression':
      return {
        type: 'conditional',
        test: down(asRaw(raw.test)),
        consequent: down(asRaw(raw.consequent)),
        alternate: down(asRaw(raw.alternate)),
        ...span,
      }
    case 'CallExpression':
      return lowerCall(raw, span, down)
    case 'FilterExpression': {
      const args = [raw.object, ...raw.arguments]
      return call(raw.name, { offset: raw.nameStart, length: raw.name.length }, args, span, down)
    }
    case 'TestExpression':
      return lowerTest(raw, span, down)
    case 'GeneratorExpression':
      return generatorAlone(span)
    default:
      return forbidden(span)
  }
}

function lowerName(name: string, span: Span): Node {
  const value = CONSTANTS.get(name)
  if (value !== undefined) return { type: 'literal', value, ...span }
  if (PROTOTYPE_KEYS.has(name)) return refuse(`${name} is not a name that can be read.`, span, OTHER_NAME)
  return { type: 'name', name, ...span }
}

function lowerMember(raw: jsep.MemberExpression, span: Span, down: (child: RawNode) => Node): Node {
  if (raw.optional) refuse('There is no ?. here.', span, 'Write default(x.y, …).')
  const property = asRaw(raw.property)
  const object = down(asRaw(raw.object))
  const key: Node =
    !raw.computed && property.type === 'Identifier'
      ? { type: 'literal', value: property.name, ...spanOf(property) }
      : down(property)
  if (key.type === 'literal' && typeof key.value === 'string' && PROTOTYPE_KEYS.has(key.value)) {
    refuse(`${key.value} is not a name that can be read.`, key, OTHER_NAME)
  }
  return { type: 'member', object, key, ...span }
}

/** A chain of the same `and` or `or` is one node, so that a long list of conditions is not deep. */
function lowerBinary(raw: jsep.BinaryExpression, span: Span, depth: number): Node {
  const { operator } = raw
  if (operator === 'and' || operator === 'or') {
    const operands = flatten(raw, operator).map((operand) => lower(operand, depth + 1))
    return { type: 'logical', operator, operands, ...span }
  }
  const left = lower(asRaw(raw.left), depth + 1)
  const right = lower(asRaw(raw.right), depth + 1)
  if (COMPARE.has(operator)) return { type: 'compare', operator: operator as CompareOperator, left, right, ...span }
  if (ARITHMETIC.has(operator)) {
    return { type: 'arithmetic', operator: operator as ArithmeticOperator, left, right, ...span }
  }
  return refuse(`There is no operator ${operator}.`, span, OPERATORS)
}

/** The operands of a left-leaning chain, in order. Brackets need no regard: `(a and b) and c` means the same. */
function flatten(raw: RawNode, operator: string): RawNode[] {
  const operands: RawNode[] = []
  let node = raw
  while (node.type === 'BinaryExpression' && node.operator === operator) {
    operands.push(asRaw(node.right))
    node = asRaw(node.left)
  }
  return [...operands, node].reverse()
}

function lowerCall(raw: jsep.CallExpression, span: Span, down: (child: RawNode) => Node): Node {
  if ((raw as { optional?: unknown }).optional) refuse('There is no ?. here.', span, 'Write default(x.y, …).')
  const callee = asRaw(raw.callee)
  if (callee.type !== 'Identifier') {
    const property = callee.type === 'MemberExpression' && !callee.computed ? asRaw(callee.property) : null
    const name = property?.type === 'Identifier' ? property.name : null
    const hint = `Write ${name !== null && HELPERS.has(name) ? name : 'lower'}(x).`
    return refuse('Values have no functions of their own.', spanOf(callee), hint)
  }
  return call(callee.name, spanOf(callee), raw.arguments.map(asRaw), span, down)
}

function call(name: string, at: Span, raw: RawNode[], span: Span, down: (child: RawNode) => Node): Node {
  const helper = HELPERS.get(name)
  if (helper === undefined) {
    throw new ExpressionError('expression.unknown_function', `There is no function ${name}.`, at.offset, {
      length: at.length,
      hint: didYouMean(name, HELPERS.keys()) ?? `There are ${[...HELPERS.keys()].sort().join(', ')}.`,
    })
  }
  const args = raw.map((arg) =>
    arg.type === 'GeneratorExpression' ? lowerGenerator(arg, name, raw.length, down) : down(arg),
  )
  checkCount(`${name}()`, helper.signature, helper, args.length, span)
  return { type: 'call', helper: name, args, ...span }
}

function lowerGenerator(raw: RawLoop, helper: string, count: number, down: (child: RawNode) => Node): Node {
  const span = spanOf(raw)
  if (!TAKES_GENERATOR.has(helper) || count !== 1) {
    generatorAlone(span)
  }
  return lowerLoop(raw, down)
}

/** The loop itself, wherever it stands. */
export function lowerLoop(raw: RawLoop, down: (child: RawNode) => Node = (child) => lower(child)): NodeOf<'generator'> {
  const span = spanOf(raw)
  for (const { name, start } of raw.targets) checkLocal(name, { offset: start, length: name.length })
  return {
    type: 'generator',
    element: down(raw.element),
    targets: raw.targets.map(({ name }) => name),
    iterable: down(raw.iterable),
    condition: raw.condition ? down(raw.condition) : null,
    ...span,
  }
}

function lowerTest(
  raw: Extract<RawNode, { type: 'TestExpression' }>,
  span: Span,
  down: (child: RawNode) => Node,
): Node {
  const at = { offset: raw.nameStart, length: raw.name.length }
  const test = TESTS.get(raw.name)
  if (test === undefined) {
    throw new ExpressionError('expression.unknown_function', `There is no test ${raw.name}.`, at.offset, {
      length: at.length,
      hint: didYouMean(raw.name, TESTS.keys()) ?? `There are ${[...TESTS.keys()].sort().join(', ')}.`,
    })
  }
  const args = raw.arguments.map(down)
  checkCount(`is ${raw.name}`, test.signature, test, args.length, span)
  return { type: 'test', test: raw.name, negated: raw.negated, operand: down(raw.object), args, ...span }
}

/** The name of a loop variable or of `set`. Throws where it would reach a prototype or hide a constant. */
export function checkLocal(name: string, at: Span): void {
  if (PROTOTYPE_KEYS.has(name)) refuse(`${name} is not a name that can be used.`, at, 'Choose another, such as x.')
  if (RESERVED.has(name))
    refuse(`${name} is a word of the language and cannot be a variable.`, at, 'Choose another, such as x.')
  if (CONSTANTS.has(name)) refuse(`${name} is a value and cannot be a variable.`, at, 'Choose another, such as x.')
}

function checkCount(
  what: string,
  signature: string,
  bounds: { min: number; max: number },
  count: number,
  at: Span,
): void {
  if (count >= bounds.min && count <= bounds.max) return
  const few = count < bounds.min
  throw new ExpressionError('expression.arguments', `${what} has too ${few ? 'few' : 'many'} arguments.`, at.offset, {
    length: at.length,
    hint: `Write ${signature}.`,
  })
}

function constant(value: unknown, at: Span): boolean | number | string | null {
  if (typeof value === 'number') {
    if (Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value))) return value
    return fail('expression.number_range', 'Whole numbers go up to 2^53.', at, KEPT_AS_TEXT)
  }
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value
  return forbidden(at)
}

function present(item: jsep.Expression | null, at: Span): RawNode {
  return item === null ? refuse('A value is missing in the list.', at, 'Write it, or delete the comma.') : asRaw(item)
}

/** jsep types its children as any expression; the switch above judges each by its type, unknown ones included. */
function asRaw(node: jsep.Expression): RawNode {
  return node as RawNode
}

/** Chains carry their place only at the ends; what stands between has that of its parts. */
function spanOf(raw: RawNode): Span {
  const offset = startOf(raw)
  return { offset, length: Math.max(1, endOf(raw) - offset) }
}

function startOf(raw: RawNode): number {
  if (raw.start !== undefined) return raw.start
  if (raw.type === 'MemberExpression') return startOf(asRaw(raw.object))
  return raw.type === 'CallExpression' ? startOf(asRaw(raw.callee)) : 0
}

function endOf(raw: RawNode): number {
  if (raw.end !== undefined) return raw.end
  if (raw.type === 'MemberExpression') return endOf(asRaw(raw.property)) + (raw.computed ? 1 : 0)
  if (raw.type !== 'CallExpression') return startOf(raw)
  const last = raw.arguments.at(-1)
  return (last ? endOf(asRaw(last)) : endOf(asRaw(raw.callee)) + 1) + 1
}

function refuse(message: string, at: Span, hint: string): never {
  return fail('expression.not_allowed', message, at, hint)
}

function generatorAlone(at: Span): never {
  const message = 'A generator stands only within any(), all(), len(), sum(), min() and max().'
  return refuse(message, at, 'Write for instance any(x > 1 for x in list).')
}
