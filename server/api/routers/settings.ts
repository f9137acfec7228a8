import { DeleteConstant, SecretBody, SecretParams, SetConstant } from '#lib/contracts/settings.ts'
import { deleteConstant, listConstants, setConstant } from '#server/services/settings/constants.ts'
import { deleteSecret, listSecrets, setSecret } from '#server/services/settings/secrets.ts'
import { authedProcedure, router } from '../trpc.ts'

export const settingsRouter = router({
  constants: authedProcedure.query(({ ctx }) => listConstants({ ctx })),
  setConstant: authedProcedure.input(SetConstant).mutation(({ ctx, input }) => setConstant({ ctx, input })),
  deleteConstant: authedProcedure.input(DeleteConstant).mutation(({ ctx, input }) => deleteConstant({ ctx, input })),
  secrets: authedProcedure.query(({ ctx }) => listSecrets({ ctx })),
  setSecret: authedProcedure
    .input(SecretParams.extend(SecretBody.shape))
    .mutation(({ ctx, input }) => setSecret({ ctx, input })),
  deleteSecret: authedProcedure.input(SecretParams).mutation(({ ctx, input }) => deleteSecret({ ctx, input })),
})
