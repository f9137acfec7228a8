import { z } from 'zod'
import { AnyId, Paging, Timestamp } from './common.ts'

/** What a mail's link is for. */
export const LinkRel = z.enum(['approve', 'reject', 'review', 'form', 'invite', 'reset'])
export type LinkRel = z.infer<typeof LinkRel>

export const OutboxQuery = Paging.extend({
  run_id: AnyId.optional().meta({ description: 'Mails of one run.' }),
  to: z.string().max(320).optional().meta({ description: 'Mails to one address.' }),
})
export type OutboxQuery = z.infer<typeof OutboxQuery>

export const OutboxMessage = z.object({
  id: z.string(),
  kind: z.string().meta({ description: 'For instance `approval_request`, `form_request`, `invite`.' }),
  run_id: z.string().nullable(),
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
  /** Made for this answer, stored nowhere. */
  links: z.array(z.object({ rel: LinkRel, url: z.string() })),
  created_at: Timestamp,
  sent_at: Timestamp.nullable(),
  channel: z.enum(['resend', 'smtp', 'outbox']).nullable().meta({ description: 'null until it was sent.' }),
  status: z.enum(['queued', 'sent', 'failed', 'skipped']).meta({
    description: '`skipped`: there was nothing left to ask when its turn came; `error` says why.',
  }),
  error: z.string().nullable(),
  repeats: z.number().int().meta({
    description:
      'How often it was sent again after an interruption that leaves open whether one before had arrived. Only by SMTP: all have the same Message-ID.',
  }),
})
export type OutboxMessage = z.infer<typeof OutboxMessage>

export const OutboxList = z.object({ messages: z.array(OutboxMessage), next_cursor: z.string().nullable() })
export type OutboxList = z.infer<typeof OutboxList>
