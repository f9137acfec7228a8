import { ApiKeyParams, CreateApiKey } from '#lib/contracts/api-keys.ts'
import { createApiKey } from '#server/services/api-keys/create.ts'
import { listApiKeys } from '#server/services/api-keys/list.ts'
import { revokeApiKey } from '#server/services/api-keys/revoke.ts'
import { authedProcedure, router } from '../trpc.ts'

export const apiKeysRouter = router({
  list: authedProcedure.query(({ ctx }) => listApiKeys({ ctx })),
  create: authedProcedure.input(CreateApiKey).mutation(({ ctx, input }) => createApiKey({ ctx, input })),
  revoke: authedProcedure.input(ApiKeyParams).mutation(({ ctx, input }) => revokeApiKey({ ctx, input })),
})
