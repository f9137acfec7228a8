import { apiRoute } from '#server/api/rest.ts'
import { logout } from '#server/api/routes/auth.ts'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute(logout)
