import { isJsonObject, type Json, PROTOTYPE_KEYS } from '../../json.ts'
import type { Namespace } from '../scope.ts'
import type { NodeOf, Span } from './ast.ts'
import { type Environment, localValue } from './environment.ts'
import { fail } from './fail.ts'
import type { Fuel } from './fuel.ts'
import { Absent } from './helper.ts'
import { isNamespace, isSecretSpace, SECRETS_BY_NAME } from './namespaces.ts'
import { describePath } from './path.ts'
import { characterAt, isList, isPlain, ownValue, textLength, typeName } from './values.ts'

/** A name: a loop variable or what was set, else a namespace, else something in `runtime`. */
export function findName(node: NodeOf<'name'>, env: Environment): Json | Absent {
  const { name } = node
  const local = localValue(name, env)
  if (local !== undefined) return local
  if (PROTOTYPE_KEYS.has(name)) return fail('expression.not_allowed', `${name} is not a name that can be read.`, node)
  if (isSecretSpace(name)) return secretsByName(node)
  if (isNamespace(name)) return namespace(name, node, env)
  const { runtime } = env.scope.roots
  const value = runtime === undefined ? undefined : ownValue(runtime, name)
  return value === undefined ? new Absent('expression.unknown_variable', `There is no variable ${name}.`, node) : value
}

function namespace(name: Namespace, at: Span, env: Environment): Json | Absent {
  const root = Object.getOwnPropertyDescriptor(env.scope.roots, name)?.value
  return isPlain(root) ? root : new Absent('expression.unknown_variable', `There is no ${name} here.`, at)
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
  return fail('expression.type', `A key is text or a number, not ${typeName(key)}.`, node.key)
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
function element(object: Json, index: number, node: NodeOf<'member'>, fuel: Fuel): Json | Absent {
  const owner = describePath(node.object)
  if (!isList(object) && typeof object !== 'string') {
    const message = `${owner} is ${typeName(object)} and has no elements.`
    return object === null ? new Absent('expression.missing', message, node) : fail('expression.type', message, node)
  }
  if (!Number.isInteger(index)) return fail('expression.type', 'A position is a whole number.', node.key)
  if (typeof object === 'string') fuel.read(object.length, node.offset)
  const value: unknown = typeof object === 'string' ? characterAt(object, index) : object.at(index)
  if (isPlain(value)) return value
  const length = typeof object === 'string' ? textLength(object) : object.length
  return new Absent('expression.index_range', `${owner} has ${length} elements: there is no [${index}].`, node)
}
