import { apiRoute } from '#server/api/rest.ts'
import { getOpenApi } from '#server/api/routes/openapi.ts'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute(getOpenApi)
