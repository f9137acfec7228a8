import { apiRoute } from '#server/api/rest.ts'
import { forkExecution } from '#server/api/routes/executions.ts'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute(forkExecution)
