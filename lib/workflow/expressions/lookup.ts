import { isJsonObject, type Json, type JsonObject, PROTOTYPE_KEYS } from '../../json.ts'
import { NAMESPACES, type Namespace } from '../scope.ts'
import { didYouMean, oneOf } from '../suggest.ts'
import type { NodeOf, Span } from './ast.ts'
import { type Environment, localValue } from './environment.ts'
import { fail } from './fail.ts'
import type { Fuel } from './fuel.ts'
import { Absent } from './helper.ts'
import { isNamespace, isSecretSpace, SECRETS_BY_NAME } from './namespaces.ts'
import { describePath } from './path.ts'
import { characterAt, isList, isPlain, ownValue, textLength, typeName } from './values.ts'

/** Names that are compared with one that is not there, and how long that may be: the work grows with both. */
const COMPARED = 500
const LONGEST_COMPARED = 64

/** What to do where a key would reach a prototype. */
export const OTHER_NAME = 'Read it under another name: these words reach what every object has.'

/** A name: a loop variable or what was set, else a namespace, else something in `runtime`. */
export function findName(node: NodeOf<'name'>, env: Environment): Json | Absent {
  const { name } = node
  const local = localValue(name, env)
  if (local !== undefined) return local
  if (PROTOTYPE_KEYS.has(name)) {
    return fail('expression.not_allowed', `${name} is not a name that can be read.`, node, OTHER_NAME)
  }
  if (isSecretSpace(name)) return secretsByName(node)
  if (isNamespace(name)) return namespace(name, node, env)
  const { runtime } = env.scope.roots
  const value = runtime === undefined ? undefined : ownValue(runtime, name)
  if (value !== undefined) return value
  return new Absent('expression.unknown_variable', `There is no variable ${name}.`, node, () =>
    cure(name, name, [...namesIn(runtime), ...namesIn(env.scope.locals), ...NAMESPACES]),
  )
}

/** The name that was meant, or what to write for when there is none. */
function cure(name: string, path: string, among: readonly string[]): string {
  const meant = name.length > LONGEST_COMPARED ? undefined : didYouMean(name, among)
  return meant ?? `Check the name, or write default(${path}, …) for where it may be absent.`
}

/** Names only: what stands under them is not looked at. */
function namesIn(object: JsonObject | undefined): readonly string[] {
  return object === undefined ? [] : Object.keys(object).slice(0, COMPARED)
}

function namespace(name: Namespace, at: Span, env: Environment): Json | Absent {
  const root: unknown = Object.hasOwn(env.scope.roots, name) ? env.scope.roots[name] : undefined
  if (isPlain(root)) return root
  return new Absent('expression.unknown_variable', `There is no ${name} here.`, at, () => {
    return `There is ${oneOf(Object.keys(env.scope.roots))}.`
  })
}

/**
 * The secrets, if this is a member of theirs by a fixed name; undefined if it is a member of anything else. As a whole
 * or by a computed name they are never a value: only those that a step names were fetched for it.
 */
export function findSecrets({ object, key }: NodeOf<'member'>, env: Environment): Json | Absent | undefined {
  if (object.type !== 'name' || !isSecretSpace(object.name) || localValue(object.name, env) !== undefined)
    return undefined
  return key.type === 'literal' ? namespace(object.name, object, env) : secretsByName(object)
}

function secretsByName(at: Span): never {
  return fail('expression.secret_by_name', SECRETS_BY_NAME.message, at, SECRETS_BY_NAME.hint)
}

/** What stands in `object` under `key`. */
export function findPart(object: Json, key: Json, node: NodeOf<'member'>, fuel: Fuel): Json | Absent {
  if (typeof key === 'string') return property(object, key, node)
  if (typeof key === 'number') return element(object, key, node, fuel)
  return fail(
    'expression.type',
    `A key is text or a number, not ${typeName(key)}.`,
    node.key,
    "Write x['name'] or x[0].",
  )
}

function property(object: Json, key: string, node: NodeOf<'member'>): Json | Absent {
  if (PROTOTYPE_KEYS.has(key)) {
    return fail('expression.not_allowed', 'This key is not one that can be read.', node.key, OTHER_NAME)
  }
  const value = isJsonObject(object) ? ownValue(object, key) : undefined
  if (value !== undefined) return value
  const path = describePath(node, key)
  if (isJsonObject(object)) {
    return new Absent('expression.missing', `There is no ${path}.`, node, () => cure(key, path, namesIn(object)))
  }
  const message = `There is no ${path}: ${describePath(node.object, 'its owner')} is ${typeName(object)}.`
  return new Absent('expression.missing', message, node, () =>
    key === 'length' ? 'Write len(x).' : cure(key, path, []),
  )
}

/** Elements of lists and characters of texts; from the end where the number is negative. */
function element(object: Json, index: number, node: NodeOf<'member'>, fuel: Fuel): Json | Absent {
  if (!isList(object) && typeof object !== 'string') {
    const message = `${describePath(node.object, 'This')} is ${typeName(object)} and has no elements.`
    if (object === null)
      return new Absent('expression.missing', message, node, () => cure('', describePath(node, 'x'), []))
    return fail('expression.type', message, node, "Only lists and texts have [0]; what has keys is read by x['name'].")
  }
  if (!Number.isInteger(index)) {
    return fail('expression.type', 'A position is a whole number.', node.key, 'round(x) or floor(x) makes one.')
  }
  if (typeof object === 'string') fuel.read(object.length, node)
  const value: unknown = typeof object === 'string' ? characterAt(object, index) : object.at(index)
  if (isPlain(value)) return value
  const length = typeof object === 'string' ? textLength(object) : object.length
  const message = `${describePath(node.object, 'This')} has ${length} elements: there is no [${index}].`
  return new Absent(
    'expression.index_range',
    message,
    node,
    () => `default(${describePath(node, 'x')}, …) helps where there are fewer.`,
  )
}
