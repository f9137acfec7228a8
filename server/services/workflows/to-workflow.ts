import type { Workflow, WorkflowStep } from '#lib/contracts/workflows.ts'
import { stepCatalog } from '#lib/steps/definitions.ts'
import type { Step } from '#lib/workflow/definition.ts'
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
    steps: toSteps(definition.steps),
    graph: workflowGraph(definition, stepCatalog),
    inputs: definition.inputs,
    outputs: definition.outputs,
    yaml: version.source,
    warnings: version.warnings,
    created_at: workflow.createdAt.toISOString(),
    updated_at: workflow.updatedAt.toISOString(),
  }
}

/** Each step before those inside it. */
export function toSteps(steps: readonly Step[], inside?: WorkflowStep['inside']): WorkflowStep[] {
  return steps.flatMap(({ id, type, name, next, when, on_error, output_key, timeout_ms, config, blocks = [] }) => [
    { id, type, name, next, when, on_error, output_key, timeout_ms, config, ...(inside ? { inside } : {}) },
    ...blocks.flatMap((block) => toSteps(block.steps, { step: id, block: block.name })),
  ])
}
