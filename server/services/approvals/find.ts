import { ScaffError } from '#lib/errors.ts'
import type { Tx } from '../audit.ts'
import { findWait } from '../waits/find.ts'
import { type ApprovalRecord, asApproval } from './view.ts'

/** The approval, or `approval.not_found`: for an unknown id, one of the wrong form and a form's wait alike. */
export async function findApproval(tx: Tx, id: string): Promise<ApprovalRecord> {
  const found = await findWait(tx, id)
  const approval = found && asApproval(found)
  if (!approval) throw new ScaffError('approval.not_found', 'There is no approval with this id.')
  return approval
}
