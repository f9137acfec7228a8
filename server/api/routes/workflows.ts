import { z } from 'zod'
import { AnyId } from '#lib/contracts/common.ts'
import {
  Workflow,
  WorkflowCreate,
  WorkflowList,
  WorkflowListQuery,
  WorkflowPatch,
  WorkflowQuery,
  WorkflowRollback,
  WorkflowSaved,
  WorkflowUpdate,
  WorkflowValidate,
  WorkflowValidation,
  WorkflowVersions,
} from '#lib/contracts/workflows.ts'
import { createWorkflow as create } from '#server/services/workflows/create.ts'
import { deleteWorkflow as remove } from '#server/services/workflows/delete.ts'
import { getWorkflow as get } from '#server/services/workflows/get.ts'
import { listWorkflows as list } from '#server/services/workflows/list.ts'
import { rollbackWorkflow as rollback } from '#server/services/workflows/rollback.ts'
import { setWorkflowEnabled } from '#server/services/workflows/set-enabled.ts'
import { updateWorkflow as update } from '#server/services/workflows/update.ts'
import { validateWorkflowText } from '#server/services/workflows/validate.ts'
import { validateStoredWorkflow } from '#server/services/workflows/validate-stored.ts'
import { listWorkflowVersions as versions } from '#server/services/workflows/versions.ts'
import { endpoint } from '../endpoint.ts'
import { etag, versionOf } from '../if-match.ts'

const WorkflowParams = z.strictObject({ id: AnyId })
/** A text as long as the language allows, escaped as JSON in the worst way, and then some. */
const BODY_LIMIT = 4_000_000

export const listWorkflows = endpoint({
  id: 'listWorkflows',
  method: 'GET',
  path: '/workflows',
  tag: 'workflows',
  summary: 'List workflows, the newest first',
  access: 'workflow:read',
  query: WorkflowListQuery,
  status: 200,
  response: WorkflowList,
  run: ({ ctx, query }) => list({ ctx, input: query }),
})

export const createWorkflow = endpoint({
  id: 'createWorkflow',
  method: 'POST',
  path: '/workflows',
  tag: 'workflows',
  summary: 'Save a new workflow',
  description: 'Nothing is saved when the text has errors; each is told with its line and column.',
  access: 'workflow:create',
  body: WorkflowCreate,
  bodyLimit: BODY_LIMIT,
  status: 201,
  response: WorkflowSaved,
  errors: ['workflow.invalid'],
  run: async ({ ctx, body, reply }) => {
    const saved = await create({ ctx, input: body })
    reply.header('location', `/api/v1/workflows/${saved.id}`)
    reply.header('etag', etag(saved.version))
    return saved
  },
})

export const getWorkflow = endpoint({
  id: 'getWorkflow',
  method: 'GET',
  path: '/workflows/{id}',
  tag: 'workflows',
  summary: 'A workflow with its text and steps',
  access: 'workflow:read',
  params: WorkflowParams,
  query: WorkflowQuery,
  status: 200,
  response: Workflow,
  errors: ['workflow.not_found'],
  run: async ({ ctx, params, query, reply }) => {
    const workflow = await get({ ctx, input: { id: params.id, query } })
    reply.header('etag', etag(workflow.version))
    return workflow
  },
})

export const updateWorkflow = endpoint({
  id: 'updateWorkflow',
  method: 'PUT',
  path: '/workflows/{id}',
  tag: 'workflows',
  summary: 'Save a text as the next version',
  description:
    'With `If-Match: "<version>"` it is refused when somebody saved since that version. Runs under way keep theirs.',
  access: 'workflow:update',
  params: WorkflowParams,
  headers: z.object({ 'If-Match': z.string().max(200).optional() }),
  body: WorkflowUpdate,
  bodyLimit: BODY_LIMIT,
  status: 200,
  response: WorkflowSaved,
  errors: ['workflow.not_found', 'workflow.invalid', 'workflow.version_conflict'],
  run: async ({ ctx, params, headers, body, reply }) => {
    const saved = await update({ ctx, input: { id: params.id, ifVersion: versionOf(headers['If-Match']), body } })
    reply.header('etag', etag(saved.version))
    return saved
  },
})

export const patchWorkflow = endpoint({
  id: 'patchWorkflow',
  method: 'PATCH',
  path: '/workflows/{id}',
  tag: 'workflows',
  summary: 'Enable or disable a workflow',
  description: 'A disabled one starts no runs; those under way go on.',
  access: 'workflow:update',
  params: WorkflowParams,
  body: WorkflowPatch,
  status: 200,
  response: Workflow,
  errors: ['workflow.not_found'],
  run: ({ ctx, params, body }) => setWorkflowEnabled({ ctx, input: { id: params.id, body } }),
})

export const deleteWorkflow = endpoint({
  id: 'deleteWorkflow',
  method: 'DELETE',
  path: '/workflows/{id}',
  tag: 'workflows',
  summary: 'Delete a workflow',
  description: 'Runs under way go on and history stays.',
  access: 'workflow:delete',
  params: WorkflowParams,
  status: 204,
  response: null,
  errors: ['workflow.not_found'],
  run: ({ ctx, params }) => remove({ ctx, input: params }),
})

export const listWorkflowVersions = endpoint({
  id: 'listWorkflowVersions',
  method: 'GET',
  path: '/workflows/{id}/versions',
  tag: 'workflows',
  summary: 'All versions of a workflow, the newest first',
  access: 'workflow:read',
  params: WorkflowParams,
  status: 200,
  response: WorkflowVersions,
  errors: ['workflow.not_found'],
  run: ({ ctx, params }) => versions({ ctx, input: params }),
})

export const rollbackWorkflow = endpoint({
  id: 'rollbackWorkflow',
  method: 'POST',
  path: '/workflows/{id}/rollback',
  tag: 'workflows',
  summary: 'Save the text of an old version as the newest one',
  access: 'workflow:update',
  params: WorkflowParams,
  body: WorkflowRollback,
  status: 200,
  response: WorkflowSaved,
  errors: ['workflow.not_found', 'workflow.invalid'],
  run: ({ ctx, params, body }) => rollback({ ctx, input: { id: params.id, body } }),
})

export const validateWorkflow = endpoint({
  id: 'validateWorkflow',
  method: 'POST',
  path: '/workflows/validate',
  tag: 'workflows',
  summary: 'Check a text without saving it',
  access: 'workflow:read',
  body: WorkflowValidate,
  bodyLimit: BODY_LIMIT,
  status: 200,
  response: WorkflowValidation,
  run: ({ ctx, body }) => validateWorkflowText({ ctx, input: body }),
})

export const validateWorkflowById = endpoint({
  id: 'validateWorkflowById',
  method: 'POST',
  path: '/workflows/{id}/validate',
  tag: 'workflows',
  summary: 'Check the newest version against the settings of today',
  access: 'workflow:read',
  params: WorkflowParams,
  status: 200,
  response: WorkflowValidation,
  errors: ['workflow.not_found'],
  run: ({ ctx, params }) => validateStoredWorkflow({ ctx, input: params }),
})
