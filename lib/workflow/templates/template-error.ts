import { ExpressionError } from '../expressions/errors.ts'

/** The 1-based line at this offset. */
export function lineAt(template: string, offset: number): number {
  let line = 1
  for (const { index } of template.matchAll(/\r\n|\r|\n/g)) {
    if (index >= offset) break
    line++
  }
  return line
}

/** A mistake in the blocks of a template. */
export function templateError(
  template: string,
  offset: number,
  message: string,
  length = 1,
  hint?: string,
): ExpressionError {
  const line = lineAt(template, offset)
  return new ExpressionError('template.syntax', `Line ${line}: ${message}`, offset, {
    length,
    line,
    ...(hint === undefined ? {} : { hint }),
  })
}

/** The same words for where the place is told beside them. */
export function withoutLine(message: string): string {
  return message.replace(/^Line \d+: /, '')
}

/** Runs what belongs to the expression at `base`; its errors then count from the start of the template and name the line. */
export function within<T>(template: string, base: number, run: () => T): T {
  try {
    return run()
  } catch (error) {
    if (!(error instanceof ExpressionError) || error.line !== undefined) throw error
    const offset = error.offset + base
    const line = lineAt(template, offset)
    const { code, message, length, hint, fix } = error
    throw new ExpressionError(code, `Line ${line}: ${message}`, offset, {
      length,
      line,
      ...(hint === undefined ? {} : { hint }),
      ...(fix === undefined ? {} : { fix: { ...fix, offset: fix.offset + base } }),
    })
  }
}
