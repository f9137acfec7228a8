import { apiRoute } from '#server/api/rest.ts'
import { followExecutions } from '#server/api/routes/execution-events.ts'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute(followExecutions)
