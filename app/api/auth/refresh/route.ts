import { apiRoute } from '#server/api/rest.ts'
import { refreshLogin } from '#server/api/routes/auth.ts'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute(refreshLogin)
