import type { Node, NodeOf } from '../expressions/ast.ts'
import { HELPERS } from '../expressions/helpers.ts'
import { isNamespace } from '../expressions/namespaces.ts'
import { describePath } from '../expressions/path.ts'
import { TESTS } from '../expressions/tests.ts'
import { typeOfComparison } from './compare.ts'
import type { Tell } from './findings.ts'
import { HELPER_TYPES } from './helper-types.ts'
import { boundTo, elementOf } from './loops.ts'
import { memberOf } from './members.ts'
import { shownBy as shownTo } from './narrow.ts'
import { type Circumstances, type Found, fixedPath, pathKey, type TypeScope, withLocals } from './scope.ts'
import {
  BOOLEAN,
  join,
  joinAll,
  listOf,
  NUMBER,
  present,
  type Type,
  typeOfLiteral,
  UNKNOWN,
  WHOLE,
  withoutNull,
} from './type.ts'
import { wants } from './wants.ts'

/** What an expression is looked at with. */
export interface Inference {
  readonly scope: TypeScope
  readonly tell: Tell
}

/** The type of a value that is needed: it is told where there may be none. */
export function typeOf(node: Node, at: Circumstances, by: Inference): Type {
  const { type, absence } = find(node, at, by)
  if (absence === null) return present(type)
  by.tell({ ...absence, offset: node.offset, length: node.length })
  return UNKNOWN
}

/** The type of a node and, where it is a path that may lead nowhere, why. */
export function find(node: Node, at: Circumstances, by: Inference): Found {
  switch (node.type) {
    case 'name':
      return findName(node, at, by)
    case 'member':
      return findMember(node, at, by)
    case 'conditional': {
      typeOf(node.test, at, by)
      const yes = find(node.consequent, shownBy(node.test, true, at, by), by)
      return either(yes, find(node.alternate, shownBy(node.test, false, at, by), by))
    }
    case 'call':
      if (HELPERS.get(node.helper)?.takesAbsence) return findDefault(node, at, by)
      return { type: typeOfCall(node, at, by), absence: null }
    default:
      return { type: typeOfValue(node, at, by), absence: null }
  }
}

function either(a: Found, b: Found): Found {
  return { type: join(a.type, b.type), absence: a.absence ?? b.absence }
}

function typeOfValue(node: Node, at: Circumstances, by: Inference): Type {
  switch (node.type) {
    case 'literal':
      return typeOfLiteral(node.value)
    case 'list': {
      const items = node.items.map((item) => typeOf(item, at, by))
      return listOf(joinAll(items), items)
    }
    case 'not':
      typeOf(node.operand, at, by)
      return BOOLEAN
    case 'sign': {
      const type = wants(typeOf(node.operand, at, by), ['number'], node.operand, node.operator, by)
      return type.number?.whole ? WHOLE : NUMBER
    }
    case 'logical':
      return typeOfLogical(node, at, by)
    case 'compare':
      return typeOfComparison(node, typeOf(node.left, at, by), typeOf(node.right, at, by), by)
    case 'arithmetic': {
      const left = wants(typeOf(node.left, at, by), ['number'], node.left, node.operator, by)
      const right = wants(typeOf(node.right, at, by), ['number'], node.right, node.operator, by)
      return node.operator !== '/' && left.number?.whole && right.number?.whole ? WHOLE : NUMBER
    }
    case 'test':
      return typeOfTest(node, at, by)
    default:
      // A generator outside of a call does not come through the parser; paths and calls were found above.
      return UNKNOWN
  }
}

function findName({ name }: NodeOf<'name'>, at: Circumstances, { scope }: Inference): Found {
  const local = at.locals.get(name)
  if (local) return local
  if (isNamespace(name)) return { type: scope.whole(name), absence: null }
  const shown = at.shown.get(pathKey('runtime', [name]))
  return shown === undefined ? scope.read('runtime', name) : { type: shown, absence: null }
}

function findMember(node: NodeOf<'member'>, at: Circumstances, by: Inference): Found {
  const fixed = fixedPath(node, at)
  const shown = fixed === null ? undefined : at.shown.get(pathKey(fixed.root, fixed.path))
  if (shown !== undefined) return { type: shown, absence: null }
  const { object, key } = node
  if (object.type === 'name' && isNamespace(object.name) && !at.locals.has(object.name)) {
    if (key.type === 'literal' && typeof key.value === 'string') return by.scope.read(object.name, key.value)
  }
  const owner = find(object, at, by)
  return memberOf(node, owner, typeOf(key, at, by), by)
}

/** `and` and `or` answer operands, each looked at knowing how those before it turned out. */
function typeOfLogical({ operator, operands }: NodeOf<'logical'>, start: Circumstances, by: Inference): Type {
  let at = start
  let sum: Type | null = null
  for (const [i, operand] of operands.entries()) {
    const type = typeOf(operand, at, by)
    const last = i === operands.length - 1
    // What `or` hands on is true, so it is not null.
    const part = operator === 'or' && !last ? withoutNull(type) : type
    sum = sum === null ? part : join(sum, part)
    at = shownBy(operand, operator === 'and', at, by)
  }
  return sum ?? UNKNOWN
}

function findDefault(node: NodeOf<'call'>, at: Circumstances, by: Inference): Found {
  const [first, second, third] = node.args
  if (!first || !second) return { type: UNKNOWN, absence: null }
  if (third) typeOf(third, at, by)
  const given = find(first, at, by)
  const fallback = find(second, at, by)
  return { type: join(withoutNull(present(given.type)), fallback.type), absence: fallback.absence }
}

function typeOfCall(node: NodeOf<'call'>, at: Circumstances, by: Inference): Type {
  const [first] = node.args
  const signature = HELPER_TYPES.get(node.helper)
  if (first?.type === 'generator') {
    const element = typeOfGenerator(first, at, by)
    return signature?.({ node, args: [listOf(element)], places: [first.element], by }) ?? UNKNOWN
  }
  const args = node.args.map((arg) => typeOf(arg, at, by))
  return signature?.({ node, args, places: node.args, by }) ?? UNKNOWN
}

/** What is known of paths and loop variables once a condition turned out true, or false. */
export function shownBy(node: Node, outcome: boolean, at: Circumstances, { scope }: Inference): Circumstances {
  return shownTo(node, outcome, at, (one, circumstances) => find(one, circumstances, { scope, tell: () => {} }).type)
}

function typeOfGenerator(node: NodeOf<'generator'>, at: Circumstances, by: Inference): Type {
  const inner = intoLoop(node, at, by)
  return typeOf(node.element, inner, by)
}

/** What is known inside a loop. */
export function intoLoop(node: NodeOf<'generator'>, at: Circumstances, by: Inference): Circumstances {
  const element = elementOf(typeOf(node.iterable, at, by), node.iterable, by)
  const bound = boundTo(node.targets, element, node.iterable, by)
  const inner = withLocals(at, bound)
  if (node.condition === null) return inner
  typeOf(node.condition, inner, by)
  return shownBy(node.condition, true, inner, by)
}

function typeOfTest(node: NodeOf<'test'>, at: Circumstances, by: Inference): Type {
  if (TESTS.get(node.test)?.absence) {
    find(node.operand, at, by)
    return BOOLEAN
  }
  const type = typeOf(node.operand, at, by)
  for (const arg of node.args) typeOf(arg, at, by)
  if (!WHOLE_ONLY.has(node.test)) return BOOLEAN
  const number = wants(type, ['number'], node.operand, `is ${node.test}`, by)
  if (number.number?.whole === false) {
    by.tell({
      code: 'type.mismatch',
      message: `is ${node.test} asks about whole numbers, and ${describePath(node.operand)} may have a fraction.`,
      offset: node.operand.offset,
      length: node.operand.length,
      hint: `Write floor(${describePath(node.operand)}), or let it be an integer.`,
    })
  }
  const [divisor] = node.args
  if (node.test === 'divisibleby' && divisor && !isFixedWhole(divisor)) {
    by.tell({
      code: 'type.mismatch',
      message: 'divisibleby takes a whole number that stands there and is not 0.',
      offset: divisor.offset,
      length: divisor.length,
    })
  }
  return BOOLEAN
}

const WHOLE_ONLY: ReadonlySet<string> = new Set(['odd', 'even', 'divisibleby'])

function isFixedWhole(node: Node): boolean {
  return node.type === 'literal' && Number.isInteger(node.value) && node.value !== 0
}
