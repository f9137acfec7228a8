import type { Node, NodeOf } from '../expressions/ast.ts'
import { describePath } from '../expressions/path.ts'
import { checkMembership } from './compare.ts'
import type { Tell } from './findings.ts'
import {
  BOOLEAN,
  join,
  joinAll,
  type Kind,
  kindsOf,
  listOf,
  NOTHING,
  NUMBER,
  present,
  TEXT,
  type Type,
  UNKNOWN,
  WHOLE,
} from './type.ts'
import { wants } from './wants.ts'

interface Call {
  readonly node: NodeOf<'call'>
  readonly args: readonly Type[]
  /** Where each argument stands; for a generator its element. */
  readonly places: readonly Node[]
  readonly by: { readonly tell: Tell }
}

type Signature = (call: Call) => Type

/** Answers the argument, told where it may be of another kind. */
function take(call: Call, index: number, ...kinds: readonly Kind[]): Type {
  const [type, place] = [call.args[index], call.places[index]]
  if (type === undefined || place === undefined) return UNKNOWN
  return wants(type, kinds, place, `${call.node.helper}()`, call.by)
}

function refuse({ places, by, node }: Call, index: number, message: string, hint?: string): void {
  const place = places[index] ?? node
  by.tell({
    code: 'type.mismatch',
    message,
    offset: place.offset,
    length: place.length,
    ...(hint === undefined ? {} : { hint }),
  })
}

/** A number that must be whole: `least` and `most` can be judged only of one that stands there. */
function whole(call: Call, index: number, least?: number, most?: number): void {
  const type = take(call, index, 'number')
  const place = call.places[index]
  if (type.unknown || place === undefined || type.number === null) return
  const { helper } = call.node
  if (!type.number.whole)
    refuse(call, index, `${helper}() takes a whole number here.`, `floor(${describePath(place)}) is one.`)
  else if (least !== undefined && most !== undefined) {
    const fits = type.number.values?.every((value) => value >= least && value <= most && value !== 0) === true
    const zero = least === 0 && type.number.values?.every((value) => value >= 0 && value <= most) === true
    if (!fits && !zero)
      refuse(call, index, `${helper}() takes a whole number from ${least} to ${most} here, written as it is.`)
  }
}

function elementsOf(list: Type): Type {
  return list.unknown ? UNKNOWN : (list.list?.element ?? NOTHING)
}

/** Numbers only, or texts only. */
function comparable(call: Call, type: Type, index: number): Type {
  if (type.unknown || type === NOTHING) return type
  const kinds = kindsOf(type)
  if (kinds.length === 0 || (kinds.length === 1 && (type.number || type.text))) return type
  if (kinds.length === 2 && type.null && (type.number || type.text)) {
    const message = `${call.node.helper}() compares numbers or texts, and one of these may be null.`
    const place = call.places[index] ?? call.node
    call.by.tell({ code: 'type.nullable', message, offset: place.offset, length: place.length })
  } else refuse(call, index, `${call.node.helper}() takes numbers only or texts only.`)
  return UNKNOWN
}

/** Takes these kinds and answers this. */
const giving =
  (result: Type, ...kinds: readonly (readonly Kind[])[]): Signature =>
  (call) => {
    for (const [i, accepted] of kinds.entries()) if (i < call.args.length) take(call, i, ...accepted)
    return result
  }

const truth: Signature = (call) => {
  take(call, 0, 'list')
  return BOOLEAN
}

const end: Signature = (call) => {
  const type = take(call, 0, 'list', 'text')
  return type.unknown ? UNKNOWN : join(elementsOf(type), type.text ? TEXT : NOTHING)
}

const extreme: Signature = (call) => {
  if (call.args.length === 1) return comparable(call, elementsOf(generatorOrList(call)), 0)
  return comparable(call, joinAll(call.args), 0)
}

/** A generator has made a list of its elements. */
function generatorOrList(call: Call): Type {
  return call.node.args[0]?.type === 'generator' ? (call.args[0] ?? UNKNOWN) : take(call, 0, 'list')
}

const size: Signature = (call) => {
  if (call.node.args[0]?.type !== 'generator') take(call, 0, 'text', 'list', 'object')
  return WHOLE
}

/** A text may be no number, so it needs what is taken then. */
const toNumber =
  (result: Type): Signature =>
  (call) => {
    const [type, fallback] = call.args
    if (fallback !== undefined) {
      if (call.node.helper === 'float') take(call, 1, 'number')
      return join(result, call.node.helper === 'float' ? NUMBER : fallback)
    }
    if (type?.text && !type.unknown) {
      const name = describePath(call.places[0] ?? call.node)
      refuse(call, 0, `${name} is text and may be no number.`, `${call.node.helper}(${name}, 0) takes 0 then.`)
    } else take(call, 0, 'number')
    return result
  }

const rounded: Signature = (call) => {
  take(call, 0, 'number')
  if (call.args.length > 1) whole(call, 1, 0, 15)
  return call.args.length > 1 ? NUMBER : WHOLE
}

const valuesOf = (type: Type): Type => {
  const { object } = type
  if (type.unknown || object === null) return UNKNOWN
  if (object.open && (object.rest === null || object.rest.unknown)) return UNKNOWN
  return present(joinAll([...object.properties.values(), ...(object.rest ? [object.rest] : [])]))
}

/** What each helper takes and answers. */
export const HELPER_TYPES: ReadonlyMap<string, Signature> = new Map<string, Signature>([
  ['any', (call) => (call.node.args[0]?.type === 'generator' ? BOOLEAN : truth(call))],
  ['all', (call) => (call.node.args[0]?.type === 'generator' ? BOOLEAN : truth(call))],
  ['first', end],
  ['last', end],
  ['min', extreme],
  ['max', extreme],
  [
    'sum',
    (call) => {
      const element = elementsOf(generatorOrList(call))
      const place = call.places[0] ?? call.node
      const numbers = wants(element, ['number'], place, 'sum()', call.by)
      return numbers.number?.whole ? WHOLE : NUMBER
    },
  ],
  ['sort', (call) => listOf(comparable(call, elementsOf(take(call, 0, 'list')), 0))],
  ['unique', (call) => listOf(elementsOf(take(call, 0, 'list')))],
  [
    'reverse',
    (call) => {
      const type = take(call, 0, 'list', 'text')
      if (type.unknown) return UNKNOWN
      return join(type.list ? listOf(type.list.element) : NOTHING, type.text ? TEXT : NOTHING)
    },
  ],
  ['keys', giving(listOf(TEXT), ['object'])],
  ['values', (call) => listOf(valuesOf(take(call, 0, 'object')))],
  [
    'items',
    (call) => {
      const value = valuesOf(take(call, 0, 'object'))
      return listOf(listOf(join(TEXT, value), [TEXT, value]))
    },
  ],
  [
    'range',
    (call) => {
      whole(call, 0)
      if (call.args.length > 1) whole(call, 1)
      if (call.args.length > 2) whole(call, 2, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER)
      return listOf(WHOLE)
    },
  ],
  ['round', rounded],
  ['abs', (call) => (take(call, 0, 'number').number?.whole ? WHOLE : NUMBER)],
  ['floor', giving(WHOLE, ['number'])],
  ['ceil', giving(WHOLE, ['number'])],
  ['now', () => TEXT],
  ['lower', giving(TEXT, ['text'])],
  ['upper', giving(TEXT, ['text'])],
  ['capitalize', giving(TEXT, ['text'])],
  ['trim', giving(TEXT, ['text'])],
  ['replace', giving(TEXT, ['text'], ['text'], ['text'])],
  [
    'split',
    (call) => {
      take(call, 0, 'text')
      const by = call.args.length > 1 ? take(call, 1, 'text') : null
      if (by && !by.unknown && by.text && (by.text.values === null || by.text.values.includes(''))) {
        refuse(call, 1, 'The separator of split() must be known not to be empty: write it as it is.')
      }
      return listOf(TEXT)
    },
  ],
  ['join', giving(TEXT, ['list'], ['text'])],
  [
    'contains',
    (call) => {
      const [container = UNKNOWN, item = UNKNOWN] = call.args
      const [place, itemPlace] = call.places
      if (place && itemPlace) checkMembership(itemPlace, item, place, container, call.node, call.by)
      return BOOLEAN
    },
  ],
  ['starts_with', giving(BOOLEAN, ['text'], ['text'])],
  ['ends_with', giving(BOOLEAN, ['text'], ['text'])],
  ['string', () => TEXT],
  [
    'tojson',
    (call) => {
      if (call.args.length > 1) whole(call, 1, 0, 8)
      return TEXT
    },
  ],
  ['len', size],
  ['length', size],
  ['count', size],
  ['int', toNumber(WHOLE)],
  ['float', toNumber(NUMBER)],
])
