import { isJsonObject, type Json, PROTOTYPE_KEYS } from '../../json.ts'
import type { Namespace, Scope } from '../scope.ts'
import type { Node, NodeOf, Span } from './ast.ts'
import { ExpressionError, type ExpressionErrorCode } from './errors.ts'
import type { Fuel } from './fuel.ts'
import { Absent, type HelperCall } from './helper.ts'
import { HELPERS } from './helpers.ts'
import { isNamespace, isSecretSpace, SECRETS_BY_NAME } from './namespaces.ts'
import { describePath } from './path.ts'
import { TESTS } from './tests.ts'
import { isTrue } from './truth.ts'
import {
  characterAt,
  compareText,
  isEqual,
  isList,
  isMember,
  isPlain,
  ownValue,
  textLength,
  typeName,
} from './values.ts'

/** Loop variables and what `set` made, innermost first. */
export interface Locals {
  readonly names: ReadonlyMap<string, Json>
  readonly outer: Locals | null
}

export interface Environment {
  readonly scope: Scope
  readonly fuel: Fuel
  readonly locals: Locals | null
}

/** The value of a tree. Throws `ExpressionError` and nothing else, whatever the tree. */
export function evaluate(node: Node, env: Environment): Json {
  const value = find(node, env)
  if (isPlain(value)) return value
  if (!(value instanceof Absent)) return forbidden(node)
  const { code, message, offset, length, hint } = value
  throw new ExpressionError(code, message, offset, { length, ...(hint === undefined ? {} : { hint }) })
}

/** The value of a tree, or its absence where it is a path that leads nowhere. */
export function find(node: Node, env: Environment): Json | Absent {
  env.fuel.spend(1, node.offset)
  switch (node.type) {
    case 'literal':
      if (!isPlain(node.value)) return forbidden(node)
      return node.value
    case 'list':
      return node.items.map((item) => copied(evaluate(item, env), env, item))
    case 'name':
      return findName(node, env)
    case 'member':
      return findMember(node, env)
    case 'not':
      return !isTrue(evaluate(node.operand, env))
    case 'sign': {
      const value = numberOf(node.operand, env, node)
      return node.operator === '-' ? 0 - value : value
    }
    case 'logical':
      return evaluateLogical(node, env)
    case 'compare':
      return compare(node, env)
    case 'arithmetic':
      return calculate(node, env)
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

function forbidden(node: Span): never {
  return fail('expression.not_allowed', 'This is not part of the language.', node)
}

function fail(code: ExpressionErrorCode, message: string, at: Span, hint?: string): never {
  throw new ExpressionError(code, message, at.offset, {
    length: at.length,
    ...(hint === undefined ? {} : { hint }),
  })
}

function findName(node: NodeOf<'name'>, env: Environment): Json | Absent {
  const local = localValue(node.name, env)
  if (local !== undefined) return local
  if (PROTOTYPE_KEYS.has(node.name)) return forbidden(node)
  if (isSecretSpace(node.name)) return secretsByName(node)
  return isNamespace(node.name) ? namespace(node.name, node, env) : runtimeValue(node, env)
}

function localValue(name: string, env: Environment): Json | undefined {
  for (let frame = env.locals; frame !== null; frame = frame.outer) {
    const value = frame.names.get(name)
    if (value !== undefined) return value
  }
  return undefined
}

function runtimeValue(node: NodeOf<'name'>, env: Environment): Json | Absent {
  const { runtime } = env.scope.roots
  const value = runtime === undefined ? undefined : ownValue(runtime, node.name)
  if (value !== undefined) return value
  return new Absent('expression.unknown_variable', `There is no variable ${node.name}.`, node)
}

function namespace(name: Namespace, at: Span, env: Environment): Json | Absent {
  const root = Object.getOwnPropertyDescriptor(env.scope.roots, name)?.value
  return isPlain(root) ? root : new Absent('expression.unknown_variable', `There is no ${name} here.`, at)
}

/** Secrets as a whole, or by a computed name, are never a value: only those that a step names were fetched for it. */
function secretsByName(at: Span): never {
  return fail('expression.secret_by_name', SECRETS_BY_NAME.message, at, SECRETS_BY_NAME.hint)
}

function findMember(node: NodeOf<'member'>, env: Environment): Json | Absent {
  const object = findOwner(node, env)
  if (object instanceof Absent) return object
  const key = evaluate(node.key, env)
  if (typeof key === 'string') return property(object, key, node)
  if (typeof key !== 'number') {
    return fail('expression.type', `A key is text or a number, not ${typeName(key)}.`, node.key)
  }
  return element(object, key, node, env)
}

function findOwner({ object, key }: NodeOf<'member'>, env: Environment): Json | Absent {
  if (object.type !== 'name' || !isSecretSpace(object.name) || localValue(object.name, env) !== undefined) {
    return find(object, env)
  }
  return key.type === 'literal' ? namespace(object.name, object, env) : secretsByName(object)
}

function property(object: Json, key: string, node: NodeOf<'member'>): Json | Absent {
  if (PROTOTYPE_KEYS.has(key)) {
    return fail('expression.not_allowed', 'This key is not one that can be read.', node.key)
  }
  const value = isJsonObject(object) ? ownValue(object, key) : undefined
  if (value !== undefined) return value
  const path = describePath(node)
  if (isJsonObject(object)) return new Absent('expression.missing', `There is no ${path}.`, node)
  const hint = key === 'length' ? 'Write len(x).' : undefined
  const owner = describePath(node.object)
  return new Absent('expression.missing', `There is no ${path}: ${owner} is ${typeName(object)}.`, node, hint)
}

/** Elements of lists and characters of texts; from the end where the number is negative. */
function element(object: Json, index: number, node: NodeOf<'member'>, env: Environment): Json | Absent {
  if (!isList(object) && typeof object !== 'string') {
    const reason = object === null ? 'expression.missing' : 'expression.type'
    const message = `${describePath(node.object)} is ${typeName(object)} and has no element ${describeIndex(index)}.`
    return reason === 'expression.missing' ? new Absent(reason, message, node) : fail(reason, message, node)
  }
  if (!Number.isInteger(index)) return fail('expression.type', 'A position is a whole number.', node.key)
  if (typeof object === 'string') env.fuel.read(object.length, node.offset)
  const value: unknown = typeof object === 'string' ? characterAt(object, index) : object.at(index)
  if (isPlain(value)) return value
  const length = typeof object === 'string' ? textLength(object) : object.length
  return new Absent(
    'expression.index_range',
    `${describePath(node.object)} has ${length} elements: there is no [${describeIndex(index)}].`,
    node,
  )
}

function describeIndex(index: number): string {
  return Number.isSafeInteger(index) ? String(index) : 'so far out'
}

/** What a new list holds counts as made again: a list of copies of a list grows like the text it would print as. */
function copied(value: Json, env: Environment, at: Span, depth = 0): Json {
  env.fuel.descend(depth, at.offset)
  if (typeof value === 'string') env.fuel.produce(value.length, at.offset)
  for (const item of partsOf(value)) {
    env.fuel.spend(1, at.offset)
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

function compare(node: NodeOf<'compare'>, env: Environment): boolean {
  const left = evaluate(node.left, env)
  const right = evaluate(node.right, env)
  const { fuel } = env
  switch (node.operator) {
    case '==':
      return isEqual(left, right, fuel, node.offset)
    case '!=':
      return !isEqual(left, right, fuel, node.offset)
    case 'in':
    case 'not in': {
      const inside = isMember(left, right, fuel, node.offset)
      if (inside !== undefined) return inside === (node.operator === 'in')
      return fail(
        'expression.type',
        typeof right === 'string'
          ? `${describePath(node.right)} is text: only text can be in it, not ${typeName(left)}.`
          : `${describePath(node.right)} is ${typeName(right)}: nothing can be in it.`,
        node,
        right === null ? 'default(x, []) puts an empty list in its place.' : undefined,
      )
    }
    case '<':
      return ordered(left, right, node, env) < 0
    case '<=':
      return ordered(left, right, node, env) <= 0
    case '>':
      return ordered(left, right, node, env) > 0
    case '>=':
      return ordered(left, right, node, env) >= 0
    default:
      return forbidden(node)
  }
}

function ordered(left: Json, right: Json, node: NodeOf<'compare'>, env: Environment): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right
  if (typeof left === 'string' && typeof right === 'string') {
    env.fuel.read(Math.min(left.length, right.length), node.offset)
    return compareText(left, right)
  }
  const nullable = left === null ? node.left : right === null ? node.right : null
  return fail(
    'expression.type',
    `${typeName(left)} and ${typeName(right)} have no order: ${node.operator} compares two numbers or two texts.`,
    node,
    nullable === null ? undefined : `${describePath(nullable)} is null; default(${describePath(nullable)}, 0) helps.`,
  )
}

function numberOf(operand: Node, env: Environment, at: NodeOf<'arithmetic' | 'sign'>): number {
  const value = evaluate(operand, env)
  if (typeof value === 'number') return value
  const hint =
    typeof value === 'string' || isList(value)
      ? 'To put texts together, write {{ a }}{{ b }} in a template or join([a, b]).'
      : value === null
        ? `${describePath(operand)} is null; default(${describePath(operand)}, 0) helps.`
        : undefined
  return fail('expression.type', `${at.operator} works on numbers, not on ${typeName(value)}.`, operand, hint)
}

function calculate(node: NodeOf<'arithmetic'>, env: Environment): number {
  const left = numberOf(node.left, env, node)
  const right = numberOf(node.right, env, node)
  switch (node.operator) {
    case '+':
      return exact(left + right, node)
    case '-':
      return exact(left - right, node)
    case '*':
      return exact(left * right, node)
    case '/':
    case '%':
      if (right === 0) return fail('expression.division_by_zero', `${describePath(node.right)} is 0.`, node)
      return exact(node.operator === '/' ? left / right : modulo(left, right), node)
    default:
      return forbidden(node)
  }
}

/** The remainder has the sign of the divisor. */
function modulo(left: number, right: number): number {
  const rest = left % right
  return rest !== 0 && rest < 0 !== right < 0 ? rest + right : rest
}

/** Beyond 2^53 neighbouring whole numbers cannot be told apart, so a result there is an error, never a near one. */
function exact(value: number, at: Span): number {
  // Adding 0 makes 0 of -0, which JSON does not tell apart from it.
  if (Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value))) return value + 0
  return fail('expression.number_range', 'The result is beyond ±2^53, where whole numbers are no longer exact.', at)
}

function evaluateCall(node: NodeOf<'call'>, env: Environment): Json | Absent {
  const helper = HELPERS.get(node.helper)
  if (helper === undefined || node.args.length < helper.min || node.args.length > helper.max) return forbidden(node)
  const [first, second, third] = node.args
  if ((node.helper === 'default' || node.helper === 'd') && first && second) {
    const value = find(first, env)
    const empty = third !== undefined && isTrue(evaluate(third, env))
    const usable = !(value instanceof Absent) && (empty ? isTrue(value) : value !== null)
    return usable ? value : find(second, env)
  }
  if (first?.type === 'generator') return evaluateGenerator(node, first, env)
  const args = node.args.map((arg) => evaluate(arg, env))
  return helper.run(args, helperCall(node, env))
}

function helperCall(node: NodeOf<'call'>, env: Environment): HelperCall {
  return {
    now: env.scope.now,
    fuel: env.fuel,
    offset: node.offset,
    refuse: (message, hint) => fail('expression.type', `${node.helper}(): ${message}`, node, hint),
    absent: (message) => new Absent('expression.index_range', message, node),
    exact: (value) => exact(value, node),
  }
}

/** `any` and `all` stop at the first element that decides, as in Python; the others take the elements as a list. */
function evaluateGenerator(node: NodeOf<'call'>, generator: NodeOf<'generator'>, env: Environment): Json | Absent {
  const elements = iterate(generator, env)
  if (node.helper === 'any' || node.helper === 'all') {
    for (const value of elements) if (isTrue(value) === (node.helper === 'any')) return node.helper === 'any'
    return node.helper === 'all'
  }
  return HELPERS.get(node.helper)?.run([[...elements]], helperCall(node, env)) ?? forbidden(node)
}

function* iterate(generator: NodeOf<'generator'>, env: Environment): Generator<Json> {
  const { iterable, targets, condition, element: expression } = generator
  for (const item of elementsOf(evaluate(iterable, env), iterable, env)) {
    const inner = { ...env, locals: { names: bind(targets, item, iterable), outer: env.locals } }
    if (condition !== null && !isTrue(evaluate(condition, inner))) continue
    yield evaluate(expression, inner)
  }
}

/** What a loop goes through: the elements of a list, the keys of an object. */
export function elementsOf(value: Json, at: Node, env: Environment): readonly Json[] {
  if (isList(value)) return value
  if (isJsonObject(value)) return Object.keys(value)
  env.fuel.spend(1, at.offset)
  return fail(
    'expression.type',
    `${describePath(at)} is ${typeName(value)}: a loop goes through a list or the keys of an object.`,
    at,
    value === null ? 'default(x, []) puts an empty list in its place.' : undefined,
  )
}

/** Binds one element to one name, or its parts to several. */
export function bind(targets: readonly string[], item: Json, at: Span): ReadonlyMap<string, Json> {
  const [only] = targets
  if (targets.length === 1 && only !== undefined) return new Map([[only, item]])
  if (!isList(item) || item.length !== targets.length) {
    return fail('expression.type', `An element is not a list of ${targets.length}.`, at, 'Loop through items(object).')
  }
  return new Map(targets.map((name, i) => [name, item[i] ?? null]))
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
    return fail('expression.type', `is ${node.test} says nothing about ${typeName(value)}.`, node)
  }
  return holds !== node.negated
}
