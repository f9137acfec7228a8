import type { Json } from '../../json.ts'
import type { Instant } from '../../time.ts'
import type { Diagnostic } from '../diagnostics.ts'
import type { EdgeKind } from '../graph.ts'
import type { RunError, RunStatus } from '../state.ts'

/** What came of the tests of one workflow text. */
export interface TestReport {
  /** null: the text has errors, so that nothing was played. */
  readonly workflow: string | null
  readonly diagnostics: readonly Diagnostic[]
  readonly cases: readonly CaseReport[]
  /** Over all cases; null where there are none. */
  readonly coverage: Coverage | null
}

export interface CaseReport {
  readonly name: string
  readonly line: number
  readonly passed: boolean
  /** Why it did not pass; empty where it did. */
  readonly findings: readonly CaseFinding[]
  readonly status: RunStatus
  readonly error: RunError | null
  /** The workflow's own steps in the order in which they ran. */
  readonly path: readonly string[]
  /** By the virtual clock. */
  readonly started_at: Instant
  readonly took_ms: number
  readonly mails: readonly CaseMail[]
}

export interface CaseMail {
  readonly to: string
  readonly kind: string
  readonly subject: string
  readonly step: string
  readonly at: Instant
}

/** One thing that is not as it should be, with its place in the text. */
export interface CaseFinding {
  readonly line: number
  readonly column: number
  /** What was looked at, such as `outputs.title`. */
  readonly what: string
  readonly message: string
  /** Both absent where there is nothing to compare; `actual` alone where nothing was there. */
  readonly expected?: Json
  readonly actual?: Json
}

/** How much of a workflow its tests go through. */
export interface Coverage {
  readonly steps: { readonly total: number; readonly covered: number; readonly missed: readonly MissedStep[] }
  /** Ways from step to step, and to the end: branches, rejections, timeouts, errors. */
  readonly ways: { readonly total: number; readonly covered: number; readonly missed: readonly MissedWay[] }
}

export interface MissedStep {
  readonly step: string
  readonly line: number
}

export interface MissedWay {
  readonly from: string
  /** null: the end. */
  readonly to: string | null
  readonly kind: EdgeKind
  /** A branch's condition or value; null where the kind says enough. */
  readonly label: string | null
  /** Of the step it leads away from. */
  readonly line: number
}

/** Covered parts in a hundred, rounded down: all is only said of all. */
export function percent({ covered, total }: { readonly covered: number; readonly total: number }): number {
  return total === 0 ? 100 : Math.floor((100 * covered) / total)
}

/** A way in words: `decide → refused, reject`. */
export function wayWords({ from, to, kind, label }: MissedWay): string {
  const reason = label ?? (kind === 'next' ? null : kind)
  return `${from} → ${to ?? 'the end'}${reason === null ? '' : `, ${reason}`}`
}
