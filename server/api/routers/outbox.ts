import { OutboxQuery } from '#lib/contracts/outbox.ts'
import { listOutbox } from '#server/services/outbox/list.ts'
import { authedProcedure, router } from '../trpc.ts'

export const outboxRouter = router({
  list: authedProcedure.input(OutboxQuery).query(({ ctx, input }) => listOutbox({ ctx, input })),
})
