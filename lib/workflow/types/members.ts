import type { NodeOf } from '../expressions/ast.ts'
import { describePath } from '../expressions/path.ts'
import { didYouMean } from '../suggest.ts'
import type { Absence, Tell } from './findings.ts'
import type { Found } from './scope.ts'
import {
  inWords,
  join,
  joinAll,
  kindsOf,
  maybe,
  NOTHING,
  type ObjectType,
  present,
  TEXT,
  type Type,
  UNKNOWN,
} from './type.ts'
import { wants } from './wants.ts'

/** What stands in a value under a key, fixed or computed. */
export function memberOf(
  node: NodeOf<'member'>,
  { type: owner, absence }: Found,
  key: Type,
  by: { readonly tell: Tell },
): Found {
  const fixed = node.key.type === 'literal' ? node.key.value : undefined
  if (owner.unknown) return { type: UNKNOWN, absence }
  // No value comes here at all.
  if (kindsOf(owner).length === 0) return { type: NOTHING, absence }
  if (typeof fixed === 'string') return or(absence, property(node, owner, fixed))
  const kinds = wants(key, owner.object === null ? ['number'] : ['number', 'text'], node.key, 'A key', by)
  if (kinds.unknown) return { type: UNKNOWN, absence }
  const found: Found[] = []
  if (kinds.number) found.push(elementAt(node, owner, fixed, by))
  if (kinds.text) found.push(computed(node, owner, kinds))
  if (kinds.number?.whole === false) {
    const message = `A position is a whole number, and ${describePath(node.key)} may have a fraction.`
    by.tell({ code: 'type.mismatch', message, offset: node.key.offset, length: node.key.length })
  }
  return or(
    absence,
    found.reduce((a, b) => ({ type: join(a.type, b.type), absence: a.absence ?? b.absence }), EMPTY),
  )
}

const EMPTY: Found = { type: NOTHING, absence: null }

function or(absence: Absence | null, found: Found): Found {
  return { type: found.type, absence: absence ?? found.absence }
}

function property(node: NodeOf<'member'>, owner: Type, key: string): Found {
  const { object } = owner
  if (object === null || owner.list || owner.text || owner.number || owner.boolean) return noParts(node, owner, key)
  const inside = inObject(node, object, key)
  return owner.null ? { type: inside.type, absence: inside.absence ?? nullOwner(node) } : inside
}

function noParts(node: NodeOf<'member'>, owner: Type, key: string): Found {
  const name = describePath(node.object)
  const message = `There is no ${describePath(node)}: ${name} is ${inWords(owner)}.`
  const hint = key === 'length' ? `Write len(${name}).` : undefined
  const type = owner.object ? UNKNOWN : NOTHING
  return {
    type,
    absence: {
      code: owner.null && owner.object === null && !owner.text && !owner.list ? 'type.nullable' : 'variable.unknown',
      message,
      ...(hint === undefined ? {} : { hint }),
    },
  }
}

function nullOwner(node: NodeOf<'member'>): Absence {
  const name = describePath(node.object)
  return {
    code: 'type.nullable',
    message: `${name} may be null, and then there is no ${describePath(node)}.`,
    hint: `default(${describePath(node)}, …) says what holds then, and a condition such as ${name} is not none keeps it away.`,
  }
}

function inObject(node: NodeOf<'member'>, object: ObjectType, key: string): Found {
  const declared = object.properties.get(key)
  const path = describePath(node)
  if (declared) return declared.absent ? { type: declared, absence: optional(path) } : { type: declared, absence: null }
  if (object.rest?.unknown) return { type: UNKNOWN, absence: null }
  if (object.rest !== null) return { type: object.rest, absence: optional(path) }
  const hint = didYouMean(key, object.properties.keys())
  const message = `There is no ${path}: ${describePath(node.object)} is declared without ${key}.`
  return {
    type: object.open ? UNKNOWN : NOTHING,
    absence: { code: 'variable.unknown', message, ...(hint === undefined ? {} : { hint }) },
  }
}

function optional(path: string): Absence {
  return {
    code: 'variable.maybe_missing',
    message: `${path} may be missing: its schema does not require it.`,
    hint: `Put it among required, or write default(${path}, …).`,
  }
}

/** A key that is computed may name any property, or none. */
function computed(node: NodeOf<'member'>, owner: Type, key: Type): Found {
  const { object } = owner
  const path = describePath(node)
  if (object === null)
    return {
      type: NOTHING,
      absence: { code: 'variable.unknown', message: `There is no ${path}: a key needs an object.` },
    }
  if (object.rest?.unknown) return { type: UNKNOWN, absence: null }
  const values = key.text?.values ?? null
  const named = values?.map((name) => object.properties.get(name))
  if (named?.every((type) => type !== undefined && !type.absent) && !owner.null && !owner.list && !owner.text) {
    return { type: joinAll(named.map((type) => type ?? NOTHING)), absence: null }
  }
  const any = joinAll([...object.properties.values(), ...(object.open ? [object.rest ?? UNKNOWN] : [])])
  const message = `There may be no ${path}: whether the object has such a key is known only in the run.`
  return {
    type: maybe(present(any)),
    absence: { code: 'variable.maybe_missing', message, hint: `default(${path}, …) says what holds then.` },
  }
}

/** Elements of lists and characters of texts; whether there are so many is known only in the run. */
function elementAt(
  node: NodeOf<'member'>,
  owner: Type,
  index: string | number | boolean | null | undefined,
  by: { readonly tell: Tell },
): Found {
  const nullable = owner.null ? nullOwner(node) : null
  const left = wants({ ...owner, null: false }, ['list', 'text'], node.object, 'A position', by)
  if (left.unknown) return { type: UNKNOWN, absence: nullable }
  const places = left.list?.places
  const place = typeof index === 'number' && left.text === null ? places?.at(index) : undefined
  return { type: place ?? join(left.list?.element ?? NOTHING, left.text ? TEXT : NOTHING), absence: nullable }
}
