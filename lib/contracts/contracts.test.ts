import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import * as approvals from './approvals.ts'
import * as common from './common.ts'
import * as forms from './forms.ts'
import * as acts from './run-acts.ts'
import * as events from './run-events.ts'
import * as steps from './run-steps.ts'
import * as waits from './run-waits.ts'
import * as runs from './runs.ts'
import * as workflows from './workflows.ts'

const all = { ...common, ...workflows, ...runs, ...acts, ...waits, ...steps, ...events, ...approvals, ...forms }
const schemas = Object.entries(all).flatMap(([name, value]) =>
  value instanceof z.ZodType ? [{ name, schema: value }] : [],
)

describe('contracts', () => {
  it.each(schemas)('$name can be written into the OpenAPI document', ({ schema }) => {
    expect(z.toJSONSchema(schema, { io: 'input' })).toBeTypeOf('object')
    // What a transform makes is for code; requests are documented by their input.
    expect(z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' })).toBeTypeOf('object')
  })

  it('refuses a field it does not know, so that a slip is not silently ignored', () => {
    expect(acts.RunStart.safeParse({ workflow_id: 'wf_1', input: {} }).success).toBe(false)
    expect(workflows.WorkflowUpdate.safeParse({ yaml: 'x', force: true }).success).toBe(false)
  })

  it('takes a workflow as text or as an object, never both and never neither', () => {
    expect(workflows.WorkflowCreate.safeParse({ yaml: 'name: x' }).success).toBe(true)
    expect(workflows.WorkflowCreate.safeParse({ definition: { name: 'x' } }).success).toBe(true)
    expect(workflows.WorkflowCreate.safeParse({ yaml: 'name: x', definition: {} }).success).toBe(false)
    expect(workflows.WorkflowCreate.safeParse({ name: 'x' }).success).toBe(false)
  })

  it('takes a resume as a form or as decisions, never both', () => {
    expect(acts.RunResume.safeParse({ resume_token: 't', inputs: {} }).success).toBe(true)
    expect(acts.RunResume.safeParse({ resume_token: 't', approvals: [{ step_id: 'a', approved: true }] }).success).toBe(
      true,
    )
    expect(acts.RunResume.safeParse({ resume_token: 't', inputs: {}, approvals: [] }).success).toBe(false)
    expect(acts.RunResume.safeParse({ resume_token: 't' }).success).toBe(false)
  })

  it('keeps a page within 100 rows', () => {
    expect(common.Paging.parse({}).limit).toBe(50)
    expect(common.Paging.safeParse({ limit: '101' }).success).toBe(false)
    expect(common.Paging.safeParse({ limit: '0' }).success).toBe(false)
  })
})
