import { SearchQuery } from '#lib/contracts/search.ts'
import { search } from '#server/services/search/search.ts'
import { authedProcedure, router } from '../trpc.ts'

export const searchRouter = router({
  all: authedProcedure.input(SearchQuery).query(({ ctx, input }) => search({ ctx, input })),
})
