import { apiRoute } from '#server/api/rest.ts'
import { getTemplate, updateTemplate } from '#server/api/routes/templates.ts'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute(getTemplate, updateTemplate)
