import type { Attempted } from '#lib/workflow/simulate.ts'
import type { ExecutorResult } from './kit.ts'

/** What an executor answered, as the core takes it. */
export function toAttempted(result: ExecutorResult): Attempted {
  const report = { input: result.input, ai_calls: result.ai_calls ?? [] }
  return result.ok
    ? { ok: true, result: { ...report, output: result.output } }
    : { ok: false, error: result.error, result: report }
}
