import { apiRoute } from '#server/api/rest.ts'
import { revokeApiKey } from '#server/api/routes/api-keys.ts'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute(revokeApiKey)
