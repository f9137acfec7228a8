import { z } from 'zod'
import { AnyId, Ordinal } from '#lib/contracts/common.ts'
import {
  WorkflowCreate,
  WorkflowListQuery,
  WorkflowPatch,
  WorkflowQuery,
  WorkflowRollback,
  WorkflowUpdate,
  WorkflowValidate,
} from '#lib/contracts/workflows.ts'
import { compareWorkflowVersions } from '#server/services/workflows/compare.ts'
import { createWorkflow } from '#server/services/workflows/create.ts'
import { deleteWorkflow } from '#server/services/workflows/delete.ts'
import { getWorkflow } from '#server/services/workflows/get.ts'
import { listKnownSettings } from '#server/services/workflows/known.ts'
import { listWorkflows } from '#server/services/workflows/list.ts'
import { rollbackWorkflow } from '#server/services/workflows/rollback.ts'
import { setWorkflowEnabled } from '#server/services/workflows/set-enabled.ts'
import { listWorkflowTags } from '#server/services/workflows/tags.ts'
import { updateWorkflow } from '#server/services/workflows/update.ts'
import { validateWorkflowText } from '#server/services/workflows/validate.ts'
import { listWorkflowVersions } from '#server/services/workflows/versions.ts'
import { authedProcedure, router } from '../trpc.ts'

const ById = z.strictObject({ id: AnyId })

export const workflowsRouter = router({
  list: authedProcedure.input(WorkflowListQuery).query(({ ctx, input }) => listWorkflows({ ctx, input })),
  tags: authedProcedure.query(({ ctx }) => listWorkflowTags({ ctx })),
  get: authedProcedure
    .input(ById.extend({ query: WorkflowQuery.default({}) }))
    .query(({ ctx, input }) => getWorkflow({ ctx, input })),
  versions: authedProcedure.input(ById).query(({ ctx, input }) => listWorkflowVersions({ ctx, input })),
  compare: authedProcedure
    .input(ById.extend({ from: Ordinal, to: Ordinal }))
    .query(({ ctx, input }) => compareWorkflowVersions({ ctx, input })),
  /** Names of constants, secrets and templates, by which the editor checks a text in the browser. */
  known: authedProcedure.query(({ ctx }) => listKnownSettings({ ctx })),
  /** A mutation only because texts do not fit into an address; it saves nothing. */
  validate: authedProcedure.input(WorkflowValidate).mutation(({ ctx, input }) => validateWorkflowText({ ctx, input })),
  create: authedProcedure.input(WorkflowCreate).mutation(({ ctx, input }) => createWorkflow({ ctx, input })),
  update: authedProcedure
    .input(ById.extend({ ifVersion: z.number().int().nullable(), body: WorkflowUpdate }))
    .mutation(({ ctx, input }) => updateWorkflow({ ctx, input })),
  setEnabled: authedProcedure
    .input(ById.extend({ body: WorkflowPatch }))
    .mutation(({ ctx, input }) => setWorkflowEnabled({ ctx, input })),
  rollback: authedProcedure
    .input(ById.extend({ body: WorkflowRollback }))
    .mutation(({ ctx, input }) => rollbackWorkflow({ ctx, input })),
  delete: authedProcedure.input(ById).mutation(({ ctx, input }) => deleteWorkflow({ ctx, input })),
})
