import { apiRoute } from '#server/api/rest.ts'
import { deleteSecret, setSecret } from '#server/api/routes/settings.ts'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute(setSecret, deleteSecret)
