import type { DiagnosticCode } from './diagnostic-codes.ts'
import type { Advice, Cure, Diagnostic, Fix, SourcePath } from './diagnostics.ts'
import { formatPath, valueAt } from './diagnostics.ts'
import type { SourceText } from './parse.ts'
import type { Range } from './positions.ts'

export interface Finding {
  readonly severity: 'error' | 'warning'
  readonly code: DiagnosticCode
  readonly message: string
  /** In the author's document. */
  readonly path: SourcePath
  /** Where to point when it is not the value at the path. */
  readonly range?: Range
  readonly hint?: string | undefined
  readonly fix?: Fix | undefined
  /** In place of a fix, where it follows from values. */
  readonly cure?: Cure | undefined
}

/** What a finding may say beside its message. */
export type More = Pick<Finding, 'range' | 'hint' | 'fix' | 'cure'>

/** Collects what is wrong with a text, in the author's own terms. */
export interface Reporter {
  error(code: DiagnosticCode, message: string, path: SourcePath, more?: More): void
  warning(code: DiagnosticCode, message: string, path: SourcePath, more?: More): void
  /** How many errors so far: a part that added none is sound. */
  errors(): number
  /** How many findings so far, warnings too. */
  found(): number
  /** Whether what the author wrote at this place could not be read. */
  lost(path: SourcePath): boolean
  /** Whether there are so many findings that more would help nobody. */
  full(): boolean
  /** Errors before warnings, then by position. */
  list(): readonly Diagnostic[]
}

/** Advice as rooms give it. */
export function moreOf(advice: string | Advice | undefined): More {
  return typeof advice === 'string' ? { hint: advice } : (advice ?? {})
}

/** These are about a key itself, not about what stands behind it. */
const ABOUT_KEYS = /(?:unknown_key|exclusive_keys|not_yet_effective|bad_name|bad_header)$/
const MAX_FINDINGS = 500

/** `told`: what was said of the text already, before anybody looked at what it means. */
export function createReporter(source: SourceText, told: readonly Diagnostic[] = []): Reporter {
  const found = new Map(told.map((diagnostic) => [identity(diagnostic), diagnostic]))
  let errors = told.filter(({ severity }) => severity === 'error').length
  const add = ({ severity, code, message, path, range, hint, fix: edits, cure }: Finding) => {
    if (severity === 'error') errors += 1
    if (found.size >= MAX_FINDINGS || follows(code, path, source)) return
    const place = range ?? source.locate(path, ABOUT_KEYS.test(code) ? 'key' : 'value')
    const fix = edits ?? (cure && source.cure(path, cure))
    const diagnostic: Diagnostic = {
      severity,
      code,
      message,
      path: formatPath(path),
      ...place,
      ...(hint === undefined ? {} : { hint }),
      ...(fix === undefined ? {} : { fix }),
    }
    found.set(identity(diagnostic), diagnostic)
  }
  return {
    error: (code, message, path, more) => add({ severity: 'error', code, message, path, ...more }),
    warning: (code, message, path, more) => add({ severity: 'warning', code, message, path, ...more }),
    errors: () => errors,
    found: () => found.size,
    lost: (path) => source.broken.some((place) => startsWith(path, place)),
    full: () => found.size >= MAX_FINDINGS,
    list: () => [...found.values()].sort(byWeightAndPlace),
  }
}

/** Whether this only follows from a place that could not be read: what it should hold, or that it is not there at all. */
function follows(code: DiagnosticCode, path: SourcePath, { broken, value }: SourceText): boolean {
  const missing = code.endsWith('.missing_key')
  return broken.some((place) => {
    if (place.length <= path.length) return startsWith(path, place)
    return missing && place.length === path.length + 1 && startsWith(place, path) && valueAt(value, place) === undefined
  })
}

function startsWith(path: SourcePath, begin: SourcePath): boolean {
  return begin.every((part, i) => path[i] === part)
}

function identity({ code, message, line, column, endLine, endColumn }: Diagnostic): string {
  return JSON.stringify([code, message, line, column, endLine, endColumn])
}

function byWeightAndPlace(a: Diagnostic, b: Diagnostic): number {
  if (a.severity !== b.severity) return a.severity === 'error' ? -1 : 1
  return a.line - b.line || a.column - b.column
}
