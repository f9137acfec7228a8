import { z } from 'zod'
import { DECISION_KINDS } from '../workflow/state.ts'
import { FormField, JsonRecord, Timestamp, Who } from './common.ts'

/** Whom a run waits for. */
export const RunWaitingFor = z.object({
  type: z.enum(['form', 'approval']),
  /** Those who are still asked, as the author named them; none where whoever has the link may answer. */
  people: z.array(z.string()),
  /** Whether one of them is enough. */
  any: z.boolean(),
  since: Timestamp,
  expires_at: Timestamp.nullable(),
})
export type RunWaitingFor = z.infer<typeof RunWaitingFor>

export const Quorum = z.object({
  policy: z.union([z.enum(['any', 'all', 'sequential']), z.object({ at_least: z.number().int() })]),
  /** How many approvals it takes, and how many were given so far. */
  needed: z.number().int(),
  approved: z.number().int(),
  rejected: z.number().int(),
  total: z.number().int(),
})
export type Quorum = z.infer<typeof Quorum>

export const DecisionKind = z.enum(DECISION_KINDS)
export type DecisionKind = z.infer<typeof DecisionKind>

export const DecisionEntry = z.object({
  approver: z.string().meta({ description: 'E-mail of the approver in whose place it counts.' }),
  decision: DecisionKind,
  comment: z.string(),
  by: Who,
  at: Timestamp,
})
export type DecisionEntry = z.infer<typeof DecisionEntry>

export const WaitForm = z.object({
  title: z.string(),
  description: z.string(),
  fields: z.array(FormField).readonly(),
  schema: z.record(z.string(), z.unknown()),
  assignee: z.string().nullable(),
  /** The link that needs no account, where the author made the form public; only for callers who may answer it. */
  link: z.string().optional(),
})
export type WaitForm = z.infer<typeof WaitForm>

export const WaitApproval = z.object({
  title: z.string(),
  message: z.string(),
  /** Exactly what is approved. */
  show: JsonRecord,
  approvers: z.array(z.object({ email: z.string(), decided: DecisionKind.nullable(), awaited: z.boolean() })),
  quorum: Quorum,
  priority: z.enum(['low', 'normal', 'high']),
  choices: z.array(DecisionKind).readonly(),
  decisions: z.array(DecisionEntry),
})
export type WaitApproval = z.infer<typeof WaitApproval>

export const WaitMail = z.object({
  to: z.string(),
  status: z.enum(['queued', 'sent', 'failed', 'skipped']),
  error: z.string().nullable(),
  repeats: z.number().int().meta({
    description: 'How often it was sent again after an interruption that leaves open whether one before had arrived.',
  }),
})
export type WaitMail = z.infer<typeof WaitMail>

export const RunWait = z.object({
  wait_id: z.string(),
  step_id: z.string(),
  path: z.string(),
  type: z.enum(['form', 'approval']),
  /** Only for callers who may answer it; fresh with each read, kept nowhere. */
  resume_token: z.string().nullable(),
  opened_at: Timestamp,
  expires_at: Timestamp.nullable(),
  form: WaitForm.optional(),
  approval: WaitApproval.optional(),
  mails: z.array(WaitMail).optional().meta({
    description: 'Mails about it that could not be sent, or were sent more than once; left out where there is none.',
  }),
})
export type RunWait = z.infer<typeof RunWait>
