import type { Json } from '../../json.ts'
import type { Instant } from '../../time.ts'
import type { Span } from './ast.ts'
import type { ExpressionErrorCode } from './errors.ts'
import type { Fuel } from './fuel.ts'

/** There is no value, and why. It is an error as soon as a value is needed; `default` and `is defined` ask before that. */
export class Absent {
  readonly code: ExpressionErrorCode
  readonly message: string
  readonly at: Span
  /** What to do about it; worked out only for an error that somebody reads. */
  readonly hint: () => string

  constructor(code: ExpressionErrorCode, message: string, at: Span, hint: () => string) {
    this.code = code
    this.message = message
    this.at = at
    this.hint = hint
  }
}

/** What a helper works with beside its arguments. */
export interface HelperCall {
  readonly now: Instant
  readonly fuel: Fuel
  /** Where errors and charges point. */
  readonly at: Span
  /** Ends the evaluation: an argument is not what the helper takes. `hint` says what to do about it. */
  refuse(message: string, hint: string): never
  absent(message: string): Absent
  /** The result of arithmetic, or an error beyond the range of exact whole numbers. */
  exact(value: number): number
}

/** A function of the language; as a filter its first argument stands before the bar. */
export interface Helper {
  /** As it is written, for messages and docs. */
  readonly signature: string
  readonly summary: string
  readonly min: number
  readonly max: number
  /** Its first argument may be absent: the evaluator runs it by itself. */
  readonly takesAbsence?: true
  run(args: readonly Json[], call: HelperCall): Json | Absent
}
