import { OutboxList, OutboxQuery } from '#lib/contracts/outbox.ts'
import { listOutbox } from '#server/services/outbox/list.ts'
import { endpoint } from '../endpoint.ts'

export const getOutbox = endpoint({
  id: 'listOutbox',
  method: 'GET',
  path: '/outbox',
  tag: 'outbox',
  summary: 'Mails that were asked for, the newest first',
  description:
    'Links are made for this answer and stored nowhere. Whoever has them can decide in the place of the recipient.',
  access: 'outbox:read',
  query: OutboxQuery,
  status: 200,
  response: OutboxList,
  run: ({ ctx, query }) => listOutbox({ ctx, input: query }),
})
