import { CreateTemplate, GetTemplate, ListTemplates, UpdateTemplate } from '#lib/contracts/templates.ts'
import { createTemplate } from '#server/services/templates/create.ts'
import { getTemplate } from '#server/services/templates/get.ts'
import { listTemplates } from '#server/services/templates/list.ts'
import { updateTemplate } from '#server/services/templates/update.ts'
import { authedProcedure, router } from '../trpc.ts'

export const templatesRouter = router({
  list: authedProcedure.input(ListTemplates).query(({ ctx, input }) => listTemplates({ ctx, input })),
  get: authedProcedure.input(GetTemplate).query(({ ctx, input }) => getTemplate({ ctx, input })),
  create: authedProcedure.input(CreateTemplate).mutation(({ ctx, input }) => createTemplate({ ctx, input })),
  update: authedProcedure.input(UpdateTemplate).mutation(({ ctx, input }) => updateTemplate({ ctx, input })),
})
