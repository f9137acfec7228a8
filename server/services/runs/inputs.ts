import { ScaffError } from '#lib/errors.ts'
import type { JsonObject } from '#lib/json.ts'
import type { WorkflowDefinition } from '#lib/workflow/definition.ts'
import type { ServiceContext } from '../context.ts'
import { checkValues } from '../waits/values.ts'

/** What a run starts with: completed and checked where the workflow declares inputs, else any JSON object. */
export async function startInputs(
  ctx: ServiceContext,
  { inputs: declared }: WorkflowDefinition,
  given: JsonObject,
): Promise<JsonObject> {
  if (declared === null) return given
  const { values, problems } = await checkValues(ctx, declared, given)
  const first = problems[0]
  if (!first) return values
  throw new ScaffError(
    'inputs.invalid',
    `The inputs do not fit: ${first.path ? `${first.path}: ` : ''}${first.message}`,
    {
      errors: problems.map((problem) => ({ ...problem, path: problem.path ? `inputs.${problem.path}` : 'inputs' })),
    },
  )
}
