import { apiRoute } from '#server/api/rest.ts'
import { reassignApproval } from '#server/api/routes/approvals.ts'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute(reassignApproval)
