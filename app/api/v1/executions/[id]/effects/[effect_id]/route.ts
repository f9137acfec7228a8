import { apiRoute } from '#server/api/rest.ts'
import { resolveExecutionEffect } from '#server/api/routes/executions.ts'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute(resolveExecutionEffect)
