import type { Span } from '../expressions/ast.ts'

/** What the types of an expression or template show to go wrong in a run. */
export interface TypeFinding extends Span {
  readonly code: TypeCode
  readonly message: string
  readonly hint?: string
  /** Something that nobody declared may yet be there. */
  readonly uncertain?: boolean
}

export type TypeCode =
  | 'variable.unknown'
  | 'variable.maybe_missing'
  | 'type.nullable'
  | 'type.mismatch'
  | 'type.unlike'
  | 'type.not_an_option'

export type Tell = (finding: TypeFinding) => void

/** Why there may be no value. It is a finding as soon as a value is needed. */
export type Absence = Omit<TypeFinding, keyof Span>
