import { z } from 'zod'
import {
  Approval,
  ApprovalBulk,
  ApprovalBulkResult,
  ApprovalDecide,
  ApprovalDecided,
  ApprovalList,
  ApprovalListQuery,
  ApprovalReassign,
} from '#lib/contracts/approvals.ts'
import { AnyId } from '#lib/contracts/common.ts'
import type { DecisionKind } from '#lib/contracts/run-waits.ts'
import { decideInBulk } from '#server/services/approvals/bulk.ts'
import { decideApproval } from '#server/services/approvals/decide.ts'
import { getApproval as get } from '#server/services/approvals/get.ts'
import { listApprovals as list } from '#server/services/approvals/list.ts'
import { reassignApproval as reassign } from '#server/services/approvals/reassign.ts'
import { endpoint } from '../endpoint.ts'

const ApprovalParams = z.strictObject({ id: AnyId })

export const listApprovals = endpoint({
  id: 'listApprovals',
  method: 'GET',
  path: '/approvals',
  tag: 'approvals',
  summary: 'List approvals',
  access: 'approvals:read',
  query: ApprovalListQuery,
  status: 200,
  response: ApprovalList,
  run: ({ ctx, query }) => list({ ctx, input: query }),
})

export const getApproval = endpoint({
  id: 'getApproval',
  method: 'GET',
  path: '/approvals/{id}',
  tag: 'approvals',
  summary: 'One approval: what is approved, by whom, how far it is',
  access: 'approvals:read',
  params: ApprovalParams,
  status: 200,
  response: Approval,
  errors: ['approval.not_found'],
  run: ({ ctx, params }) => get({ ctx, input: params }),
})

const decision = (verb: DecisionKind, summary: string) =>
  endpoint({
    id: `${verb}Approval`,
    method: 'POST',
    path: `/approvals/{id}/${verb}`,
    tag: 'approvals',
    summary,
    description:
      'People decide in their own place. A key with `approvals:decide` decides on behalf of `approver` and is recorded as the key.',
    access: 'approvals:decide',
    params: ApprovalParams,
    body: ApprovalDecide,
    status: 200,
    response: ApprovalDecided,
    errors: [
      'approval.not_found',
      'approval.not_allowed',
      'approval.approver_needed',
      'approval.expired',
      'resume.already_decided',
      'run.wrong_state',
    ],
    run: ({ ctx, params, body }) => decideApproval({ ctx, input: { id: params.id, decision: verb, body } }),
  })

export const approveApproval = decision('approve', 'Approve')
export const rejectApproval = decision('reject', 'Reject')
export const reviseApproval = decision('revise', 'Send back with what should be changed')

export const bulkApprovals = endpoint({
  id: 'bulkApprovals',
  method: 'POST',
  path: '/approvals/bulk',
  tag: 'approvals',
  summary: 'The same decision for several approvals',
  description: 'Each stands for itself; the answer has one result for each id.',
  access: 'approvals:decide',
  body: ApprovalBulk,
  status: 200,
  response: ApprovalBulkResult,
  run: ({ ctx, body }) => decideInBulk({ ctx, input: body }),
})

export const reassignApproval = endpoint({
  id: 'reassignApproval',
  method: 'POST',
  path: '/approvals/{id}/reassign',
  tag: 'approvals',
  summary: 'Ask somebody else',
  access: ['approvals:reassign', 'approvals:decide'],
  params: ApprovalParams,
  body: ApprovalReassign,
  status: 200,
  response: Approval,
  errors: ['approval.not_found', 'approval.not_allowed', 'approval.approver_needed', 'resume.already_decided'],
  run: ({ ctx, params, body }) => reassign({ ctx, input: { id: params.id, body } }),
})
