import type { z } from 'zod'
import { WorkflowValidate, type WorkflowValidation } from '#lib/contracts/workflows.ts'
import { authorise } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'
import { parseInput } from '../parse.ts'
import { diagnose, toValidation } from './check.ts'
import { toText } from './text.ts'

/** What a save of this text would say; saves nothing. */
export async function validateWorkflowText({
  ctx,
  input,
}: {
  ctx: ServiceContext
  input: z.input<typeof WorkflowValidate>
}): Promise<WorkflowValidation> {
  authorise(ctx, 'workflow:read')
  const body = parseInput(WorkflowValidate, input)
  return toValidation((await diagnose(ctx, toText(ctx, body))).diagnostics)
}
