import { isJsonObject, type Json } from '../../json.ts'
import type { ArithmeticOperator, Node, NodeOf } from './ast.ts'
import { exact, exactOperand, tellApart } from './exact.ts'
import { fail, forbidden } from './fail.ts'
import type { Fuel } from './fuel.ts'
import { describePath } from './path.ts'
import { compareText, isEqual, isList, isMember, typeName } from './values.ts'

/** A comparison of two values that were evaluated. */
export function compare(node: NodeOf<'compare'>, left: Json, right: Json, fuel: Fuel): boolean {
  switch (node.operator) {
    case '==':
      return isEqual(left, right, fuel, node)
    case '!=':
      return !isEqual(left, right, fuel, node)
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
  const inside = isMember(item, container, fuel, node)
  if (inside !== undefined) return inside
  const name = describePath(node.right, 'This')
  return fail(
    'expression.type',
    `${name} is ${typeName(container)}: ${notInside(item, container)}`,
    node,
    curesIn(container),
  )
}

/** Why an item cannot be in a container, and what helps; for the function `contains` too. */
export function notInside(item: Json, container: Json): string {
  if (typeof container === 'string') return `only text can be in it, not ${typeName(item)}.`
  return isJsonObject(container) ? `its keys are texts, not ${typeName(item)}.` : 'nothing can be in it.'
}

export function curesIn(container: Json): string {
  if (container === null) return 'default(x, []) puts an empty list in its place.'
  if (typeof container === 'string') return 'Write [a, b] for a list, or string(x) to look for it as text.'
  return isJsonObject(container) ? 'values(x) is the list of its values.' : 'Use a list, an object or a text.'
}

function order(node: NodeOf<'compare'>, left: Json, right: Json, fuel: Fuel): number {
  if (typeof left === 'number' && typeof right === 'number') {
    tellApart(left, right, node)
    return left - right
  }
  if (typeof left === 'string' && typeof right === 'string') {
    fuel.read(Math.min(left.length, right.length), node)
    return compareText(left, right)
  }
  const nullable = left === null ? node.left : right === null ? node.right : null
  return fail(
    'expression.type',
    `${node.operator} compares two numbers or two texts, not ${typeName(left)} with ${typeName(right)}.`,
    node,
    nullable === null ? 'int(x) and float(x) read a number from text, string(x) makes text.' : nullHint(nullable),
  )
}

/** The value as a number, or an error at its node. */
export function numberOf(value: Json, operand: Node, operator: ArithmeticOperator): number {
  if (typeof value === 'number') return exactOperand(value, operand)
  const textual = typeof value === 'string' || isList(value)
  const hint = textual
    ? 'To put texts together, write {{ a }}{{ b }} in a template or join([a, b]).'
    : 'Use the number itself; for a truth value write (1 if x else 0).'
  return fail(
    'expression.type',
    `${operator} works on numbers, not on ${typeName(value)}.`,
    operand,
    value === null ? nullHint(operand) : hint,
  )
}

function nullHint(node: Node): string {
  const name = describePath(node, 'x')
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
      if (right === 0) return divisionByZero(node)
      return exact(node.operator === '/' ? left / right : modulo(left, right), node)
    default:
      return forbidden(node)
  }
}

function divisionByZero(node: NodeOf<'arithmetic'>): never {
  const hint = `Ask before: a ${node.operator} b if b != 0 else 0.`
  return fail('expression.division_by_zero', `${describePath(node.right, 'What is divided by')} is 0.`, node, hint)
}

/** The remainder has the sign of the divisor. */
function modulo(left: number, right: number): number {
  const rest = left % right
  return rest !== 0 && rest < 0 !== right < 0 ? rest + right : rest
}
