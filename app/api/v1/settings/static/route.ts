import { apiRoute } from '#server/api/rest.ts'
import { getStaticSettings, putStaticSettings } from '#server/api/routes/settings.ts'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute(getStaticSettings, putStaticSettings)
