import { apiRoute } from '#server/api/rest.ts'
import { getWaitAnalytics } from '#server/api/routes/analytics.ts'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute(getWaitAnalytics)
