import { apiRoute } from '#server/api/rest.ts'
import { listSecrets } from '#server/api/routes/settings.ts'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute(listSecrets)
