import { apiRoute } from '#server/api/rest.ts'
import { createApiKey, listApiKeys } from '#server/api/routes/api-keys.ts'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute(listApiKeys, createApiKey)
