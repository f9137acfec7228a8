import type { DiagnosticCode } from '../diagnostic-codes.ts'

export type ExpressionErrorCode =
  | 'expression.syntax'
  | 'expression.too_long'
  | 'expression.too_deep'
  | 'expression.not_allowed'
  | 'expression.unknown_function'
  | 'expression.arguments'
  | 'expression.chained_comparison'
  | 'expression.secret_by_name'
  | 'expression.unknown_variable'
  | 'expression.missing'
  | 'expression.index_range'
  | 'expression.type'
  | 'expression.division_by_zero'
  | 'expression.number_range'
  | 'expression.fuel'
  | 'template.syntax'
  | 'template.value_refused'

/** What an error says beside its message. */
export interface ErrorDetail {
  /** Characters the error is about, from `offset` on; at least 1. */
  readonly length?: number
  /** What to do about it. */
  readonly hint?: string
  /** An edit that cures it. */
  readonly fix?: ProblemFix
  /** 1-based line within a template. */
  readonly line?: number
}

/**
 * Why an expression or template cannot be read or has no value. Messages name places and types, never values, because
 * values may be secrets.
 */
export class ExpressionError extends Error {
  readonly code: ExpressionErrorCode
  /** Characters (UTF-16) from the start of the source that was given. */
  readonly offset: number
  readonly length: number
  readonly hint: string | undefined
  readonly fix: ProblemFix | undefined
  readonly line: number | undefined

  constructor(code: ExpressionErrorCode, message: string, offset: number, detail: ErrorDetail = {}) {
    super(message)
    this.name = 'ExpressionError'
    this.code = code
    this.offset = offset
    this.length = Math.max(1, detail.length ?? 1)
    this.hint = detail.hint
    this.fix = detail.fix
    this.line = detail.line
  }
}

/** Replace `length` characters from `offset` by `text`. */
export interface ProblemFix {
  readonly title: string
  readonly offset: number
  readonly length: number
  readonly text: string
}

/** What can be wrong without any data. */
export type StaticErrorCode = Extract<ExpressionErrorCode, DiagnosticCode>

/** Something wrong in an expression or template, found without evaluating it. */
export interface Problem {
  readonly code: StaticErrorCode
  readonly message: string
  readonly offset: number
  readonly length: number
  readonly hint?: string
  readonly fix?: ProblemFix
}

/** The error as a problem, `base` characters further into the text. Anything else than an `ExpressionError` is a defect and is thrown on. */
export function problemOf(error: unknown, base = 0): Problem {
  if (!(error instanceof ExpressionError)) throw error
  const { code, message, offset, length, hint, fix } = error
  return {
    // The parsers throw no others: those need data.
    code: code as StaticErrorCode,
    message,
    offset: offset + base,
    length,
    ...(hint === undefined ? {} : { hint }),
    ...(fix === undefined ? {} : { fix: { ...fix, offset: fix.offset + base } }),
  }
}
