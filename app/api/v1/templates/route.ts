import { apiRoute } from '#server/api/rest.ts'
import { createTemplate, listTemplates } from '#server/api/routes/templates.ts'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute(listTemplates, createTemplate)
