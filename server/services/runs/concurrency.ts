import { ScaffError } from '#lib/errors.ts'
import { digest } from '#lib/integrity/digest.ts'
import type { JsonObject } from '#lib/json.ts'
import type { Instant } from '#lib/time.ts'
import type { Profile } from '#lib/workflow/data.ts'
import type { WorkflowDefinition } from '#lib/workflow/definition.ts'
import { ExpressionError } from '#lib/workflow/expressions/errors.ts'
import { evaluateExpression } from '#lib/workflow/expressions/evaluate.ts'
import type { StartInput } from '#server/engine/port.ts'

/** What a start knows of its run before it begins. */
interface Beginning {
  readonly workflow_id: string
  readonly inputs: JsonObject
  readonly static: JsonObject
  readonly profile: Profile
}

/**
 * With which runs a new one takes turns, where its workflow says that only so many may be under way at once: with those of
 * the same workflow whose key has the same value. Throws `inputs.invalid` where the key has no value.
 */
export function concurrencyOf(
  { limits }: WorkflowDefinition,
  beginning: Beginning,
  now: Instant,
): Pick<StartInput, 'concurrency'> {
  const { concurrency } = limits
  if (!concurrency) return {}
  const { workflow_id } = beginning
  if (concurrency.key === null) return { concurrency: { key: workflow_id, max: concurrency.max } }
  const value = keyOf(concurrency.key, beginning, now)
  return { concurrency: { key: `${workflow_id}:${digest(value)}`, max: concurrency.max } }
}

function keyOf(key: string, { inputs, static: constants, profile }: Beginning, now: Instant) {
  const roots = { runtime: inputs, inputs, static: constants, profile: { ...profile } }
  try {
    return evaluateExpression(key, { roots, now })
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error
    const message = `limits.concurrency.key has no value with these inputs: ${error.message}`
    throw new ScaffError('inputs.invalid', message, { errors: [{ path: 'inputs', code: error.code, message }] })
  }
}
