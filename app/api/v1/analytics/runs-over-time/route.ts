import { apiRoute } from '#server/api/rest.ts'
import { getRunsOverTime } from '#server/api/routes/analytics.ts'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute(getRunsOverTime)
