import { apiRoute } from '#server/api/rest.ts'
import { deleteWorkflow, getWorkflow, patchWorkflow, updateWorkflow } from '#server/api/routes/workflows.ts'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute(
  getWorkflow,
  updateWorkflow,
  patchWorkflow,
  deleteWorkflow,
)
