import { z } from 'zod'
import {
  ApprovalBulk,
  ApprovalDecide,
  ApprovalFacetsQuery,
  ApprovalListQuery,
  ApprovalReassign,
} from '#lib/contracts/approvals.ts'
import { AnyId } from '#lib/contracts/common.ts'
import { DecisionKind } from '#lib/contracts/run-waits.ts'
import { decideInBulk } from '#server/services/approvals/bulk.ts'
import { countInbox } from '#server/services/approvals/counts.ts'
import { decideApproval } from '#server/services/approvals/decide.ts'
import { facetsOfApprovals } from '#server/services/approvals/facets.ts'
import { getApproval } from '#server/services/approvals/get.ts'
import { listApprovals } from '#server/services/approvals/list.ts'
import { reassignApproval } from '#server/services/approvals/reassign.ts'
import { authedProcedure, router } from '../trpc.ts'

const ById = z.strictObject({ id: AnyId })

export const approvalsRouter = router({
  list: authedProcedure.input(ApprovalListQuery).query(({ ctx, input }) => listApprovals({ ctx, input })),
  facets: authedProcedure.input(ApprovalFacetsQuery).query(({ ctx, input }) => facetsOfApprovals({ ctx, input })),
  counts: authedProcedure.query(({ ctx }) => countInbox({ ctx })),
  get: authedProcedure.input(ById).query(({ ctx, input }) => getApproval({ ctx, input })),
  decide: authedProcedure
    .input(ById.extend({ decision: DecisionKind, body: ApprovalDecide }))
    .mutation(({ ctx, input }) => decideApproval({ ctx, input })),
  bulk: authedProcedure.input(ApprovalBulk).mutation(({ ctx, input }) => decideInBulk({ ctx, input })),
  reassign: authedProcedure
    .input(ById.extend({ body: ApprovalReassign }))
    .mutation(({ ctx, input }) => reassignApproval({ ctx, input })),
})
