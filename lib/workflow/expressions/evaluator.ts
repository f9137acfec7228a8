import { isJsonObject, type Json } from '../../json.ts'
import type { Node, NodeOf, Span } from './ast.ts'
import type { Environment } from './environment.ts'
import { fail, forbidden } from './fail.ts'
import { Absent } from './helper.ts'
import { NodeCall } from './helper-call.ts'
import { HELPERS } from './helpers.ts'
import { findName, findPart, findSecrets } from './lookup.ts'
import { bind, elementsOf } from './loops.ts'
import { calculate, compare, numberOf } from './operators.ts'
import { TESTS } from './tests.ts'
import { isTrue } from './truth.ts'
import { isList, isPlain, ownValue, typeName } from './values.ts'

/** The value of a tree. Throws `ExpressionError` and nothing else, whatever the tree. */
export function evaluate(node: Node, env: Environment): Json {
  const value = find(node, env)
  if (isPlain(value)) return value
  if (!(value instanceof Absent)) return forbidden(node)
  return fail(value.code, value.message, value.at, value.hint())
}

/** The value of a tree, or its absence where it is a path that leads nowhere. */
export function find(node: Node, env: Environment): Json | Absent {
  env.fuel.spend(1, node)
  switch (node.type) {
    case 'literal':
      return isPlain(node.value) ? node.value : forbidden(node)
    case 'list':
      return node.items.map((item) => copied(evaluate(item, env), env, item))
    case 'name':
      return findName(node, env)
    case 'member': {
      const object = findSecrets(node, env) ?? find(node.object, env)
      return object instanceof Absent ? object : findPart(object, evaluate(node.key, env), node, env.fuel)
    }
    case 'not':
      return !isTrue(evaluate(node.operand, env))
    case 'sign': {
      const value = numberOf(evaluate(node.operand, env), node.operand, node.operator)
      return node.operator === '-' ? 0 - value : value
    }
    case 'logical':
      return evaluateLogical(node, env)
    case 'compare':
      return compare(node, evaluate(node.left, env), evaluate(node.right, env), env.fuel)
    case 'arithmetic': {
      const left = numberOf(evaluate(node.left, env), node.left, node.operator)
      return calculate(node, left, numberOf(evaluate(node.right, env), node.right, node.operator))
    }
    case 'conditional':
      return find(isTrue(evaluate(node.test, env)) ? node.consequent : node.alternate, env)
    case 'call':
      return evaluateCall(node, env)
    case 'test':
      return evaluateTest(node, env)
    default:
      // A generator outside a call, and whatever a tree holds that the parser did not make.
      return forbidden(node)
  }
}

/** What a new list holds counts as made again: a list of copies of a list grows like the text it would print as. */
function copied(value: Json, env: Environment, at: Span, depth = 0): Json {
  env.fuel.descend(depth, at)
  if (typeof value === 'string') env.fuel.produce(value.length, at)
  for (const item of partsOf(value)) {
    env.fuel.spend(1, at)
    copied(item, env, at, depth + 1)
  }
  return value
}

function partsOf(value: Json): readonly Json[] {
  if (isList(value)) return value.filter(isPlain)
  return isJsonObject(value) ? Object.keys(value).flatMap((key) => ownValue(value, key) ?? []) : []
}

function evaluateLogical({ operator, operands }: NodeOf<'logical'>, env: Environment): Json {
  let value: Json = operator === 'and'
  for (const operand of operands) {
    value = evaluate(operand, env)
    if (isTrue(value) === (operator === 'or')) return value
  }
  return value
}

function evaluateCall(node: NodeOf<'call'>, env: Environment): Json | Absent {
  const helper = HELPERS.get(node.helper)
  if (helper === undefined || node.args.length < helper.min || node.args.length > helper.max) return forbidden(node)
  const [first, second, third] = node.args
  if (helper.takesAbsence && first && second) {
    const value = find(first, env)
    const empty = third !== undefined && isTrue(evaluate(third, env))
    const usable = !(value instanceof Absent) && (empty ? isTrue(value) : value !== null)
    return usable ? value : find(second, env)
  }
  if (first?.type !== 'generator') {
    return helper.run(
      node.args.map((arg) => evaluate(arg, env)),
      new NodeCall(node, env),
    )
  }
  const elements = iterate(first, env)
  // These two stop at the first element that decides, as in Python.
  if (node.helper === 'any') return elements.some(isTrue)
  if (node.helper === 'all') return elements.every(isTrue)
  return helper.run([elements.toArray()], new NodeCall(node, env))
}

function* iterate(generator: NodeOf<'generator'>, env: Environment): Generator<Json> {
  const { iterable, targets, condition, element } = generator
  for (const item of elementsOf(evaluate(iterable, env), iterable)) {
    const inner = { ...env, locals: { names: bind(targets, item, iterable), outer: env.locals } }
    if (condition === null || isTrue(evaluate(condition, inner))) yield evaluate(element, inner)
  }
}

function evaluateTest(node: NodeOf<'test'>, env: Environment): boolean {
  const test = TESTS.get(node.test)
  if (test === undefined) return forbidden(node)
  if (test.absence) {
    const there = !(find(node.operand, env) instanceof Absent)
    return (there === (node.test === 'defined')) !== node.negated
  }
  const value = evaluate(node.operand, env)
  const args = node.args.map((arg) => evaluate(arg, env))
  const holds = test.holds(value, args[0])
  if (holds === undefined) {
    const hint = 'It asks about whole numbers; int(x) reads one from text.'
    return fail('expression.type', `is ${node.test} says nothing about ${typeName(value)}.`, node, hint)
  }
  return holds !== node.negated
}
