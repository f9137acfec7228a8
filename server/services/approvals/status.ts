import type { ApprovalStatus } from '#lib/contracts/approvals.ts'
import type { WaitRecord } from '../waits/find.ts'

/** What became of an approval, in the words of the contract. */
export function statusOf({ outcome }: Pick<WaitRecord, 'outcome'>): ApprovalStatus {
  switch (outcome) {
    case null:
      return 'pending'
    case 'approved':
    case 'rejected':
    case 'revised':
    case 'expired':
      return outcome
    default:
      return 'canceled'
  }
}
