import type { Node } from '../expressions/ast.ts'
import { TESTS } from '../expressions/tests.ts'
import { type Circumstances, fixedPath, pathKey } from './scope.ts'
import { kindsOf, NOTHING, present, type Type, withoutNull } from './type.ts'

/** The type of a node as far as it is known, without telling what is wrong with it. */
export type Look = (node: Node, at: Circumstances) => Type

/** What is known of paths and loop variables once a condition turned out true, or false. */
export function shownBy(node: Node, outcome: boolean, at: Circumstances, look: Look): Circumstances {
  switch (node.type) {
    case 'not':
      return shownBy(node.operand, !outcome, at, look)
    case 'logical':
      // All of them turned out alike: those of an `and` that is true, of an `or` that is false.
      if ((node.operator === 'and') !== outcome) return at
      return node.operands.reduce((known, operand) => shownBy(operand, outcome, known, look), at)
    case 'name':
    case 'member':
      // What is true is there and is not null.
      return outcome ? learn(node, withoutNull, at, look) : at
    case 'test':
      return shownByTest(node, outcome, at, look)
    case 'compare': {
      if (node.operator !== '==' && node.operator !== '!=') return at
      const equal = (node.operator === '==') === outcome
      const [left, right] = [isNull(node.left), isNull(node.right)]
      if (left !== right) return equal ? at : learn(left ? node.right : node.left, withoutNull, at, look)
      return equal ? bothSides(node.left, node.right, at, look) : at
    }
    case 'call':
      // default(x, false): where that is true, it is x itself that is.
      if (node.helper !== 'default' && node.helper !== 'd') return at
      return outcome && node.args[0] && node.args[1] && isFalse(node.args[1])
        ? learn(node.args[0], withoutNull, at, look)
        : at
    default:
      return at
  }
}

/** Equal to something that is not null, so it is not null either. */
function bothSides(left: Node, right: Node, at: Circumstances, look: Look): Circumstances {
  const solid = (node: Node) => {
    const type = look(node, at)
    return !type.unknown && !type.null
  }
  const one = solid(right) ? learn(left, withoutNull, at, look) : at
  return solid(left) ? learn(right, withoutNull, one, look) : one
}

const KIND_TESTS: ReadonlyMap<string, (type: Type) => Type> = new Map([
  ['string', (type: Type) => ({ ...NOTHING, text: type.text })],
  ['number', (type: Type) => ({ ...NOTHING, number: type.number })],
  ['integer', (type: Type) => ({ ...NOTHING, number: type.number && { ...type.number, whole: true } })],
  ['boolean', (type: Type) => ({ ...NOTHING, boolean: type.boolean })],
  ['mapping', (type: Type) => ({ ...NOTHING, object: type.object })],
  ['sequence', (type: Type) => ({ ...NOTHING, text: type.text, list: type.list })],
])
const NULL_TESTS: ReadonlySet<string> = new Set(['none', 'None', 'null'])

function shownByTest(
  node: Extract<Node, { type: 'test' }>,
  turned: boolean,
  at: Circumstances,
  look: Look,
): Circumstances {
  const outcome = turned !== node.negated
  const { test, operand } = node
  if (TESTS.get(test)?.absence) return (test === 'defined') === outcome ? learn(operand, (type) => type, at, look) : at
  if (NULL_TESTS.has(test)) return outcome ? at : learn(operand, withoutNull, at, look)
  const kind = KIND_TESTS.get(test)
  if (kind === undefined || !outcome) return at
  return learn(operand, (type) => (kindsOf(kind(type)).length === 0 ? type : kind(type)), at, look)
}

function isNull(node: Node): boolean {
  return node.type === 'literal' && node.value === null
}

function isFalse(node: Node): boolean {
  return node.type === 'literal' && !node.value
}

/** A path is there, and as much of its type as `keep` leaves. What it goes through is there too, and is not null. */
function learn(node: Node, keep: (type: Type) => Type, at: Circumstances, look: Look): Circumstances {
  if (node.type !== 'name' && node.type !== 'member') return at
  const type = look(node, at)
  const known = type.unknown ? present(type) : keep(present(type))
  if (node.type === 'name' && at.locals.has(node.name)) {
    return { ...at, locals: new Map(at.locals).set(node.name, { type: known, absence: null }) }
  }
  const path = fixedPath(node, at)
  if (path === null || path.path.length === 0) return at
  const through = node.type === 'member' ? learn(node.object, withoutNull, at, look) : at
  return { ...through, shown: new Map(through.shown).set(pathKey(path.root, path.path), known) }
}
