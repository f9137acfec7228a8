import type { FieldProblem } from '#lib/contracts/common.ts'
import type { JsonObject, JsonSchema } from '#lib/json.ts'
import type { Field } from '#lib/workflow/definition.ts'
import { applyDefaults } from '#lib/workflow/fields.ts'
import type { ServiceContext } from '../context.ts'

export interface CheckedValues {
  /** Completed with defaults: what the run goes on with when there are no problems. */
  readonly values: JsonObject
  readonly problems: readonly FieldProblem[]
}

/** Answers of a form or start inputs, completed and held to their schema: the same one the browser uses. */
export async function checkValues(
  ctx: ServiceContext,
  { fields, schema }: { readonly fields: readonly Field[]; readonly schema: JsonSchema },
  given: JsonObject,
): Promise<CheckedValues> {
  const values = applyDefaults(fields, given)
  const violations = await ctx.app.schemas.validate(schema, values)
  return { values, problems: violations.map(({ path, message }) => ({ path, code: 'invalid', message })) }
}
