import { apiRoute } from '#server/api/rest.ts'
import { getWorkflowAnalytics } from '#server/api/routes/analytics.ts'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute(getWorkflowAnalytics)
