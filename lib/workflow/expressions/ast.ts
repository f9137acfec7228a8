import type { Json } from '../../json.ts'

/** Where a node stands in the source, in characters (UTF-16). */
export interface Span {
  readonly offset: number
  readonly length: number
}

export type CompareOperator = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'not in'
export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%'

/** The node types of the language: all there are. What is not here cannot be said. */
export type Node = Span &
  (
    | { readonly type: 'literal'; readonly value: Exclude<Json, object> | null }
    | { readonly type: 'list'; readonly items: readonly Node[] }
    | { readonly type: 'name'; readonly name: string }
    | { readonly type: 'member'; readonly object: Node; readonly key: Node }
    | { readonly type: 'not'; readonly operand: Node }
    | { readonly type: 'sign'; readonly operator: '-' | '+'; readonly operand: Node }
    | { readonly type: 'logical'; readonly operator: 'and' | 'or'; readonly operands: readonly Node[] }
    | { readonly type: 'compare'; readonly operator: CompareOperator; readonly left: Node; readonly right: Node }
    | { readonly type: 'arithmetic'; readonly operator: ArithmeticOperator; readonly left: Node; readonly right: Node }
    | { readonly type: 'conditional'; readonly test: Node; readonly consequent: Node; readonly alternate: Node }
    | { readonly type: 'call'; readonly helper: string; readonly args: readonly Node[] }
    | {
        readonly type: 'test'
        readonly test: string
        readonly negated: boolean
        readonly operand: Node
        readonly args: readonly Node[]
      }
    | {
        readonly type: 'generator'
        readonly element: Node
        readonly targets: readonly string[]
        readonly iterable: Node
        readonly condition: Node | null
      }
  )

export type NodeOf<T extends Node['type']> = Extract<Node, { readonly type: T }>

/** The direct children, in the order in which they stand in the source. */
export function childrenOf(node: Node): readonly Node[] {
  switch (node.type) {
    case 'literal':
    case 'name':
      return []
    case 'list':
      return node.items
    case 'member':
      return [node.object, node.key]
    case 'not':
    case 'sign':
      return [node.operand]
    case 'logical':
      return node.operands
    case 'compare':
    case 'arithmetic':
      return [node.left, node.right]
    case 'conditional':
      return [node.test, node.consequent, node.alternate]
    case 'call':
      return node.args
    case 'test':
      return [node.operand, ...node.args]
    case 'generator':
      return [node.element, node.iterable, ...(node.condition ? [node.condition] : [])]
  }
}
