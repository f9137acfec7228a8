import { z } from 'zod'
import { AnyId } from '#lib/contracts/common.ts'
import { FormAnswer } from '#lib/contracts/forms.ts'
import { openForm } from '#server/services/forms/open.ts'
import { submitForm } from '#server/services/forms/submit.ts'
import { authedProcedure, router } from '../trpc.ts'

const ByWait = z.strictObject({ run_id: AnyId, wait_id: AnyId })

export const formsRouter = router({
  open: authedProcedure.input(ByWait).query(({ ctx, input }) => openForm({ ctx, input })),
  submit: authedProcedure
    .input(ByWait.extend({ answer: FormAnswer }))
    .mutation(({ ctx, input }) => submitForm({ ctx, input })),
})
