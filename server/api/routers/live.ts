import { livePosition } from '#server/services/runs/follow.ts'
import { authedProcedure, router } from '../trpc.ts'

export const liveRouter = router({
  /** Where the stream of events is now; goes out as `Last-Event-ID`. */
  position: authedProcedure.query(({ ctx }) => livePosition({ ctx })),
})
