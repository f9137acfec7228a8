import type { z } from 'zod'
import { ApprovalBulk, type ApprovalBulkResult } from '#lib/contracts/approvals.ts'
import { ScaffError } from '#lib/errors.ts'
import { authorise } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'
import { parseInput } from '../parse.ts'
import { decideApproval } from './decide.ts'

/** The same decision for several approvals. Each stands for itself: one that is refused does not stop the others. */
export async function decideInBulk({
  ctx,
  input,
}: {
  ctx: ServiceContext
  input: z.input<typeof ApprovalBulk>
}): Promise<ApprovalBulkResult> {
  authorise(ctx, 'approvals:decide')
  const { ids, decision, comment, approver } = parseInput(ApprovalBulk, input)
  const results: ApprovalBulkResult['results'] = []
  for (const id of new Set(ids)) {
    try {
      const { status } = await decideApproval({ ctx, input: { id, decision, body: { comment, approver } } })
      results.push({ id, ok: true, status })
    } catch (error) {
      if (!(error instanceof ScaffError)) throw error
      results.push({ id, ok: false, code: error.code, detail: error.message })
    }
  }
  return { results }
}
