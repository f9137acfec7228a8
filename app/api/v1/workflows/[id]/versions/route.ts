import { apiRoute } from '#server/api/rest.ts'
import { listWorkflowVersions } from '#server/api/routes/workflows.ts'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute(listWorkflowVersions)
