import type { Json } from '../../json.ts'
import type { Scope } from '../scope.ts'
import type { Node } from './ast.ts'
import { evaluate } from './evaluator.ts'
import { Fuel } from './fuel.ts'
import { parseExpression } from './parse.ts'

/** An expression that was read and checked: its value for any data. Each evaluation has its own fuel. */
export type CompiledExpression = (scope: Scope) => Json

/** Reads an expression once for many evaluations. Throws `ExpressionError` for what is wrong with the source. */
export function compileExpression(source: string): CompiledExpression {
  const tree = treeOf(source)
  return (scope) => evaluate(tree, { scope, fuel: new Fuel(), locals: null })
}

/** Trees that are kept: reading costs some thirty times what evaluating does, and a loop asks the same for every item. */
const KEPT = 256

const trees = new Map<string, Node>()

/** The tree of a source, from those that were asked for last. Nobody changes a tree, so all may have the same. */
function treeOf(source: string): Node {
  const tree = trees.get(source) ?? parseExpression(source)
  trees.delete(source)
  trees.set(source, tree)
  const [oldest] = trees.size > KEPT ? trees.keys() : []
  if (oldest !== undefined) trees.delete(oldest)
  return tree
}
