import type { Json } from '../../json.ts'
import type { ArithmeticOperator, Node, NodeOf, Span } from './ast.ts'
import { fail, forbidden } from './fail.ts'
import type { Fuel } from './fuel.ts'
import { describePath } from './path.ts'
import { compareText, isEqual, isList, isMember, typeName } from './values.ts'

/** A comparison of two values that were evaluated. */
export function compare(node: NodeOf<'compare'>, left: Json, right: Json, fuel: Fuel): boolean {
  switch (node.operator) {
    case '==':
      return isEqual(left, right, fuel, node.offset)
    case '!=':
      return !isEqual(left, right, fuel, node.offset)
    case 'in':
      return isIn(node, left, right, fuel)
    case 'not in':
      return !isIn(node, left, right, fuel)
    case '<':
      return order(node, left, right, fuel) < 0
    case '<=':
      return order(node, left, right, fuel) <= 0
    case '>':
      return order(node, left, right, fuel) > 0
    case '>=':
      return order(node, left, right, fuel) >= 0
    default:
      return forbidden(node)
  }
}

function isIn(node: NodeOf<'compare'>, item: Json, container: Json, fuel: Fuel): boolean {
  const inside = isMember(item, container, fuel, node.offset)
  if (inside !== undefined) return inside
  const name = describePath(node.right)
  return fail(
    'expression.type',
    typeof container === 'string'
      ? `${name} is text: only text can be in it, not ${typeName(item)}.`
      : `${name} is ${typeName(container)}: nothing can be in it.`,
    node,
    container === null ? 'default(x, []) puts an empty list in its place.' : undefined,
  )
}

function order(node: NodeOf<'compare'>, left: Json, right: Json, fuel: Fuel): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right
  if (typeof left === 'string' && typeof right === 'string') {
    fuel.read(Math.min(left.length, right.length), node.offset)
    return compareText(left, right)
  }
  const nullable = left === null ? node.left : right === null ? node.right : null
  return fail(
    'expression.type',
    `${typeName(left)} and ${typeName(right)} have no order: ${node.operator} compares two numbers or two texts.`,
    node,
    nullable === null ? undefined : nullHint(nullable),
  )
}

/** The value as a number, or an error at its node. */
export function numberOf(value: Json, operand: Node, operator: ArithmeticOperator): number {
  if (typeof value === 'number') return value
  const textual = typeof value === 'string' || isList(value)
  const hint = textual ? 'To put texts together, write {{ a }}{{ b }} in a template or join([a, b]).' : undefined
  return fail(
    'expression.type',
    `${operator} works on numbers, not on ${typeName(value)}.`,
    operand,
    value === null ? nullHint(operand) : hint,
  )
}

function nullHint(node: Node): string {
  const name = describePath(node)
  return `${name} is null; default(${name}, 0) helps.`
}

export function calculate(node: NodeOf<'arithmetic'>, left: number, right: number): number {
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
export function exact(value: number, at: Span): number {
  // Adding 0 makes 0 of -0, which JSON does not tell apart from it.
  if (Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value))) return value + 0
  return fail('expression.number_range', 'The result is beyond ±2^53, where whole numbers are no longer exact.', at)
}
