import type { Workflow } from '#lib/contracts/workflows.ts'
import { stepCatalog } from '#lib/steps/definitions.ts'
import { workflowGraph } from '#lib/workflow/graph.ts'
import type { VersionRecord, WorkflowRecord } from './find.ts'

/** A workflow and one of its versions as they are answered. */
export function toWorkflow(workflow: WorkflowRecord, version: VersionRecord): Workflow {
  const { definition } = version
  return {
    id: workflow.id,
    name: workflow.name,
    description: definition.description,
    tags: [...definition.tags],
    enabled: workflow.enabled,
    version: version.version,
    latest_version: workflow.version,
    message: version.message,
    start_step: definition.start,
    steps: definition.steps.map(({ id, type, name, next, when, on_error, output_key, timeout_ms, config }) => ({
      id,
      type,
      name,
      next,
      when,
      on_error,
      output_key,
      timeout_ms,
      config,
    })),
    graph: workflowGraph(definition, stepCatalog),
    inputs: definition.inputs,
    outputs: definition.outputs,
    yaml: version.source,
    warnings: version.warnings,
    created_at: workflow.createdAt.toISOString(),
    updated_at: workflow.updatedAt.toISOString(),
  }
}
