import type { Node, NodeOf } from '../expressions/ast.ts'

/** A parsed template. Trees of expressions count from the start of their own source, which begins at `base`. */
export type TemplateNode =
  | { readonly type: 'text'; readonly text: string; readonly offset: number }
  | OutputNode
  | {
      readonly type: 'if'
      readonly branches: readonly { readonly test: Located<Node>; readonly body: readonly TemplateNode[] }[]
      readonly otherwise: readonly TemplateNode[]
    }
  | {
      readonly type: 'for'
      readonly loop: Located<NodeOf<'generator'>>
      readonly body: readonly TemplateNode[]
      /** What is shown when there is nothing to go through. */
      readonly otherwise: readonly TemplateNode[]
    }
  | { readonly type: 'set'; readonly name: string; readonly value: Located<Node> }

export interface OutputNode {
  readonly type: 'output'
  readonly value: Located<Node>
}

export interface Located<N> {
  readonly tree: N
  /** Characters from the start of the template to the start of the expression. */
  readonly base: number
}
