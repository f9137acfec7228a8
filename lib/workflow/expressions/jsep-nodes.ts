import type jsep from 'jsep'

/**
 * What the grammar hands over: jsep's nodes, those that Python's forms need beside them, and where each stands. This is
 * still everything that can be written; `lower.ts` decides what of it the language has.
 */
export type RawNode = Located<
  | jsep.ArrayExpression
  | jsep.CallExpression
  | jsep.Identifier
  | jsep.Literal
  | jsep.MemberExpression
  | jsep.ThisExpression
  | jsep.UnaryExpression
  | jsep.BinaryExpression
  | RawConditional
  | RawNot
  | RawFilter
  | RawTest
  | RawGenerator
>

type Located<N> = N & { start?: number; end?: number }

export interface RawConditional extends jsep.Expression {
  type: 'ConditionalExpression'
  test: RawNode
  consequent: RawNode
  alternate: RawNode
}

/** `not x`: binds weaker than a comparison, unlike `!x`. */
export interface RawNot extends jsep.Expression {
  type: 'NotExpression'
  argument: RawNode
}

/** `x | name` or `x | name(args)`. */
export interface RawFilter extends jsep.Expression {
  type: 'FilterExpression'
  name: string
  nameStart: number
  object: RawNode
  arguments: RawNode[]
}

/** `x is name`, `x is not name(args)`. */
export interface RawTest extends jsep.Expression {
  type: 'TestExpression'
  name: string
  nameStart: number
  negated: boolean
  object: RawNode
  arguments: RawNode[]
}

/** `element for a, b in iterable if condition`, the only argument of a call. */
export interface RawGenerator extends jsep.Expression {
  type: 'GeneratorExpression'
  element: RawNode
  targets: { name: string; start: number }[]
  iterable: RawNode
  condition?: RawNode
}

declare module 'jsep' {
  /** The parser class behind `jsep()`: the package exports it, its typings leave it out. Only what the grammar builds on. */
  export class Jsep {
    constructor(expr: string)
    index: number
    readonly expr: string
    readonly char: string
    gobbleSpaces(): void
    gobbleExpression(): jsep.Expression | false
    gobbleToken(): jsep.Expression | false
    gobbleIdentifier(): jsep.Expression
    gobbleNumericLiteral(): jsep.Literal
    gobbleStringLiteral(): jsep.Expression
    gobbleGroup(): jsep.Expression | false
    gobbleArguments(termination: number): jsep.Expression[]
    throwError(message: string): never
  }
}
