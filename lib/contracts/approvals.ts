import { z } from 'zod'
import { AnyId, JsonRecord, Paging, Timestamp, ValueSource, Who } from './common.ts'
import { DecisionEntry, DecisionKind, Quorum, WaitApproval } from './run-waits.ts'

/** `pending` is open; `revised`, `expired` and `canceled` ended without a yes or no. */
export const ApprovalStatus = z.enum(['pending', 'approved', 'rejected', 'revised', 'expired', 'canceled'])
export type ApprovalStatus = z.infer<typeof ApprovalStatus>

export const ApprovalListQuery = Paging.extend({
  status: ApprovalStatus.or(z.literal('decided'))
    .optional()
    .meta({ description: '`decided`: everything that is not pending.' }),
  sort: z.enum(['date', 'priority', 'due', 'decided']).default('date').meta({
    description:
      '`date`: the newest request first (default); `priority`: the most urgent first; `due`: what ends first, those without a time limit last; `decided`: the latest decision first.',
  }),
  scope: z.enum(['mine', 'all']).optional().meta({
    description: '`mine`: where you are an approver; `all`: everything you may see (default).',
  }),
  workflow_id: AnyId.optional(),
  priority: z.enum(['low', 'normal', 'high']).optional(),
  due: z.enum(['overdue', 'day', 'week', 'none']).optional().meta({
    description: 'When it ends: its time is over, within 24 hours, within seven days, or never.',
  }),
  requested_by: z
    .string()
    .max(320)
    .optional()
    .meta({ description: 'Who started the run, as `requested_by` tells it.' }),
})
export type ApprovalListQuery = z.infer<typeof ApprovalListQuery>

/** What the open or decided approvals can be narrowed down to. */
export const ApprovalFacetsQuery = ApprovalListQuery.pick({ status: true, scope: true })
export type ApprovalFacetsQuery = z.infer<typeof ApprovalFacetsQuery>

export const ApprovalFacets = z.object({
  workflows: z.array(z.object({ id: z.string(), name: z.string(), count: z.number().int() })),
  requesters: z.array(z.object({ name: z.string(), count: z.number().int() })),
})
export type ApprovalFacets = z.infer<typeof ApprovalFacets>

const ApprovalFacts = {
  /** The wait's id. */
  id: z.string(),
  run_id: z.string(),
  step_id: z.string(),
  workflow_id: z.string(),
  workflow_name: z.string(),
  title: z.string(),
  /** The beginning of the message, else of what is shown first: tells requests of one step apart. */
  excerpt: z.string(),
  status: ApprovalStatus,
  priority: z.enum(['low', 'normal', 'high']),
  requested_by: z.string().nullable(),
  quorum: Quorum,
  approvers: WaitApproval.shape.approvers,
  opened_at: Timestamp,
  expires_at: Timestamp.nullable(),
  /** Whether the reader can decide it now, in their own place. */
  mine: z.boolean(),
  /** How it ended; null while pending. `by` is null where it ran out or was canceled. */
  decided: z.object({ by: Who.nullable(), at: Timestamp }).nullable(),
}

export const ApprovalRow = z.object(ApprovalFacts)
export type ApprovalRow = z.infer<typeof ApprovalRow>

export const ApprovalList = z.object({ approvals: z.array(ApprovalRow), next_cursor: z.string().nullable() })
export type ApprovalList = z.infer<typeof ApprovalList>

/** What the same step asked before, in this run: what a request that came back is compared with. */
export const EarlierRequest = z.object({
  show: JsonRecord,
  outcome: ApprovalStatus,
  decisions: z.array(DecisionEntry),
  asked_at: Timestamp,
  closed_at: Timestamp,
})
export type EarlierRequest = z.infer<typeof EarlierRequest>

export const Approval = z.object({
  ...ApprovalFacts,
  message: z.string(),
  /** Exactly what is approved, from the stored bytes. */
  show: JsonRecord,
  /** Who made each value of `show`, where that is known. */
  provenance: z.record(z.string(), ValueSource),
  /** Hash of what is shown; kept with each decision. */
  digest: z.string(),
  confirm: z.enum(['click', 'code', 'login']),
  /** What the reader may choose; empty once it is closed or not theirs. */
  choices: z.array(DecisionKind).readonly(),
  /** What each choice of the step leads to, in a sentence. */
  consequences: z.partialRecord(DecisionKind, z.string()),
  /** What happens when nobody decides in time; null where the time never ends. */
  silence: z.string().nullable(),
  decisions: z.array(DecisionEntry),
  /** The last request of the same step in this run; null the first time. */
  previous: EarlierRequest.nullable(),
  /** Whose places the reader may give to somebody else: addresses. */
  reassignable: z.array(z.string()),
})
export type Approval = z.infer<typeof Approval>

const COMMENT_MAX = 10_000

export const ApprovalDecide = z.strictObject({
  comment: z.string().max(COMMENT_MAX).default(''),
  approver: z.string().max(320).optional().meta({ description: 'Only for keys: on whose behalf.' }),
})
export type ApprovalDecide = z.infer<typeof ApprovalDecide>

export const ApprovalDecided = z.object({
  id: z.string(),
  run_id: z.string(),
  status: ApprovalStatus,
  quorum: Quorum,
})
export type ApprovalDecided = z.infer<typeof ApprovalDecided>

export const ApprovalBulk = z.strictObject({
  ids: z.array(AnyId).min(1).max(50),
  decision: DecisionKind,
  comment: z.string().max(COMMENT_MAX).default(''),
  approver: z.string().max(320).optional(),
})
export type ApprovalBulk = z.infer<typeof ApprovalBulk>

/** One result for each id, in the order asked: one that fails does not stop the others. */
export const ApprovalBulkResult = z.object({
  results: z.array(
    z.union([
      z.object({ id: z.string(), ok: z.literal(true), status: ApprovalStatus }),
      z.object({ id: z.string(), ok: z.literal(false), code: z.string(), detail: z.string() }),
    ]),
  ),
})
export type ApprovalBulkResult = z.infer<typeof ApprovalBulkResult>

export const ApprovalReassign = z.strictObject({
  to: z.email().max(320).meta({ description: 'The address that is asked instead.' }),
  from: z.string().max(320).optional().meta({ description: 'Whom it replaces; absent: your own place.' }),
  comment: z.string().max(2_000).optional().meta({ description: 'Why; stands in the history of the run.' }),
})
export type ApprovalReassign = z.infer<typeof ApprovalReassign>

export const InboxCounts = z.object({ mine: z.number().int(), all: z.number().int() })
export type InboxCounts = z.infer<typeof InboxCounts>

/** What a mailed approval link opens. Every state explains itself; only `open` can be decided. */
export const ApprovalLink = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('open'),
    /** For the way through the app, where the step asks for a sign-in. */
    approval_id: z.string(),
    title: z.string(),
    message: z.string(),
    show: JsonRecord,
    provenance: z.record(z.string(), ValueSource),
    workflow_name: z.string(),
    requested_by: z.string().nullable(),
    /** In whose place the link decides. */
    approver: z.string(),
    choices: z.array(DecisionKind).readonly(),
    /** What each choice leads to, in a sentence. */
    consequences: z.partialRecord(DecisionKind, z.string()),
    /** What happens when nobody decides in time; null where the time never ends. */
    silence: z.string().nullable(),
    confirm: z.enum(['click', 'code', 'login']),
    quorum: Quorum,
    /** Everybody who is asked, and whose turn it is. */
    approvers: WaitApproval.shape.approvers,
    decisions: z.array(DecisionEntry),
    previous: EarlierRequest.nullable(),
    opened_at: Timestamp,
    expires_at: Timestamp.nullable(),
  }),
  /** This approver has decided while others are still asked; or the whole is decided. */
  z.object({
    state: z.literal('decided'),
    title: z.string(),
    outcome: z.enum(['pending', 'approved', 'rejected', 'revised']),
    by: z.string(),
    at: Timestamp,
    decision: DecisionKind,
    comment: z.string(),
    /** The way to the run for a reader who is signed in and may read runs; null for everybody else. */
    run_id: z.string().nullable(),
  }),
  /** For `sequential`: someone before this approver is asked first. */
  z.object({ state: z.literal('not_your_turn'), title: z.string(), waiting_for: z.string() }),
  z.object({ state: z.literal('expired'), title: z.string(), at: Timestamp }),
  z.object({ state: z.literal('canceled'), title: z.string(), at: Timestamp }),
  /** Handed to other people, by escalation or by hand. */
  z.object({ state: z.literal('reassigned'), title: z.string() }),
  z.object({ state: z.literal('invalid') }),
])
export type ApprovalLink = z.infer<typeof ApprovalLink>

/**
 * The two deliberate acts. The first (`choose`) answers a nonce that is bound to the browser's session, the link and the
 * choice; only the second (`confirm`), a POST with that nonce, decides.
 */
export const ApprovalLinkChoose = z.strictObject({
  token: z.string().max(4_000),
  choice: DecisionKind,
  comment: z.string().max(COMMENT_MAX).default(''),
})
export type ApprovalLinkChoose = z.infer<typeof ApprovalLinkChoose>

export const ApprovalLinkDecide = ApprovalLinkChoose.extend({
  nonce: z.string().max(500),
  /** Where the step asks for one: the code that stands in the mail. */
  code: z.string().max(20).optional(),
})
export type ApprovalLinkDecide = z.infer<typeof ApprovalLinkDecide>

/** What the first act answers: a nonce to confirm with, or why there is none. `view` is what the link shows now. */
export const ApprovalLinkChosen = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), nonce: z.string(), view: ApprovalLink }),
  z.object({ ok: z.literal(false), problem: z.string().nullable(), view: ApprovalLink }),
])
export type ApprovalLinkChosen = z.infer<typeof ApprovalLinkChosen>

/** What the second act answers; afterwards `view` says who decided what, and when. */
export const ApprovalLinkDecided = z.object({
  ok: z.boolean(),
  /** Why it was not taken; null where `view` explains it. */
  problem: z.string().nullable(),
  view: ApprovalLink,
})
export type ApprovalLinkDecided = z.infer<typeof ApprovalLinkDecided>
