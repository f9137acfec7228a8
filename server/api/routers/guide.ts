import { GuideSeen } from '#lib/contracts/guide.ts'
import { getGuide } from '#server/services/guide/get.ts'
import { dismissGuide, noteSeen } from '#server/services/guide/note.ts'
import { startGuide } from '#server/services/guide/start.ts'
import { authedProcedure, router } from '../trpc.ts'

export const guideRouter = router({
  get: authedProcedure.query(({ ctx }) => getGuide({ ctx })),
  seen: authedProcedure.input(GuideSeen).mutation(({ ctx, input }) => noteSeen({ ctx, input })),
  dismiss: authedProcedure.mutation(({ ctx }) => dismissGuide({ ctx })),
  start: authedProcedure.mutation(({ ctx }) => startGuide({ ctx })),
})
