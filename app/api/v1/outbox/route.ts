import { apiRoute } from '#server/api/rest.ts'
import { getOutbox } from '#server/api/routes/outbox.ts'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute(getOutbox)
