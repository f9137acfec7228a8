import { apiRoute } from '#server/api/rest.ts'
import { getAiAnalytics } from '#server/api/routes/analytics.ts'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute(getAiAnalytics)
