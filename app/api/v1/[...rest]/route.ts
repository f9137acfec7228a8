import { notFoundRoute } from '#server/api/rest.ts'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = notFoundRoute()
