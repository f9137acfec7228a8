import { z } from 'zod'

/** A workflow as it is drawn: `workflowGraph` of lib/workflow makes it. */
export const WorkflowGraph = z.object({
  start: z.string(),
  nodes: z.array(z.object({ id: z.string(), type: z.string(), name: z.string().nullable() }).readonly()).readonly(),
  edges: z
    .array(
      z
        .object({
          from: z.string(),
          to: z.string().nullable().meta({ description: 'null: the end.' }),
          kind: z.enum(['next', 'branch', 'inside', 'error', 'reject', 'revise', 'timeout']),
          label: z
            .string()
            .nullable()
            .meta({ description: 'The condition or value of a branch; the name of parallel steps.' }),
        })
        .readonly(),
    )
    .readonly(),
})
export type WorkflowGraph = z.infer<typeof WorkflowGraph>
