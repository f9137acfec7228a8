import { isJsonObject, type Json, type JsonObject } from '../../json.ts'
import { visibleText } from '../../visible-text.ts'
import { asWritten } from '../as-written.ts'
import type { DiagnosticCode } from '../diagnostic-codes.ts'
import type { SourcePath } from '../diagnostics.ts'
import { inspectExpression } from '../expressions/check.ts'
import type { Reporter } from '../normalise-report.ts'
import type { StepDraft } from '../normalise-step.ts'
import type { SourceText } from '../parse.ts'
import { didYouMean, oneOf } from '../suggest.ts'

/** Reads parts of `tests:` and reports what they are not, at the author's own tokens. */
export class CaseReader {
  readonly steps: ReadonlyMap<string, StepDraft>
  readonly #source: SourceText
  readonly #reporter: Reporter

  constructor(steps: readonly StepDraft[], source: SourceText, reporter: Reporter) {
    this.steps = new Map(steps.map((draft) => [draft.step.id, draft]))
    this.#source = source
    this.#reporter = reporter
  }

  wrong(message: string, path: SourcePath, hint?: string): void {
    this.#reporter.error('test.wrong_type', message, path, { hint })
  }

  /** Of something that is rather a key: points at it, not at what stands behind it. */
  wrongKey(code: DiagnosticCode, message: string, path: SourcePath, hint?: string): void {
    this.#reporter.error(code, message, path, { hint, range: this.#source.locate(path, 'key') })
  }

  error(code: DiagnosticCode, message: string, path: SourcePath, hint?: string): void {
    this.#reporter.error(code, message, path, { hint })
  }

  /** A mapping with no other keys than these; null, after saying why, where it is none. Absent counts as empty. */
  mapping(value: Json | undefined, path: SourcePath, what: string, known?: readonly string[]): JsonObject | null {
    if (value === undefined || value === null) return {}
    if (!isJsonObject(value)) {
      this.wrong(`${what} is a mapping${known ? ` with ${oneOf(known)}` : ''}.`, path)
      return null
    }
    for (const key of known ? Object.keys(value) : []) {
      if (known?.includes(key)) continue
      const message = `${what} has no key ${visibleText(key)}. There is ${oneOf(known ?? [])}.`
      this.error('test.unknown_key', message, [...path, key], didYouMean(key, known ?? []))
    }
    return value
  }

  text(value: Json | undefined, path: SourcePath, what: string): string | undefined {
    if (value === undefined || value === null) return undefined
    if (typeof value === 'string') return value
    this.wrong(`${what} is a text.`, path)
    return undefined
  }

  word<W extends string>(value: Json | undefined, path: SourcePath, what: string, words: readonly W[]): W | undefined {
    if (value === undefined || value === null) return undefined
    const found = words.find((word) => word === value)
    if (found === undefined) this.wrong(`${what} is ${oneOf(words)}.`, path, hintFor(value, words))
    return found
  }

  list(value: Json | undefined, path: SourcePath, what: string): readonly Json[] | undefined {
    if (value === undefined || value === null) return undefined
    if (Array.isArray(value)) return value
    this.wrong(`${what} is a list.`, path)
    return undefined
  }

  /** Says what is wrong with an expression, at the part that is. */
  expression(source: string, path: SourcePath): void {
    for (const { code, message, offset, length, hint } of inspectExpression(source).problems) {
      this.#reporter.error(code, message, path, { hint, range: this.#source.within(path, offset, length) })
    }
  }

  /** The step that a key or value names; undefined, after saying so, where there is none. */
  step(name: Json, path: SourcePath, part: 'key' | 'value'): StepDraft | undefined {
    const id = typeof name === 'string' ? name.trim().toLowerCase() : ''
    const found = this.steps.get(id)
    if (found) return found
    const message = `There is no step ${asWritten(name)}.`
    const hint = didYouMean(id, this.steps.keys())
    if (part === 'key') this.wrongKey('test.unknown_step', message, path, hint)
    else this.error('test.unknown_step', message, path, hint)
    return undefined
  }
}

export function hintFor(value: Json, words: Iterable<string>): string | undefined {
  return typeof value === 'string' ? didYouMean(value, words) : undefined
}
