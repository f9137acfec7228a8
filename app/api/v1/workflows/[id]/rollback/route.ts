import { apiRoute } from '#server/api/rest.ts'
import { rollbackWorkflow } from '#server/api/routes/workflows.ts'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute(rollbackWorkflow)
