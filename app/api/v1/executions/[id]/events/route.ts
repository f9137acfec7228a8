import { apiRoute } from '#server/api/rest.ts'
import { followExecution } from '#server/api/routes/execution-events.ts'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute(followExecution)
