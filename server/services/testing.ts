import { users } from '#drizzle/schema/index.ts'
import { ScaffError } from '#lib/errors.ts'
import { newId } from '#lib/ids.ts'
import type { JsonObject } from '#lib/json.ts'
import type { Permission } from '#lib/permissions.ts'
import type { Actor, Role } from '#server/engine/port.ts'
import type { TestApp } from '#server/testing/app.ts'
import type { ServiceContext } from './context.ts'
import { getRun } from './runs/get.ts'
import { startRun } from './runs/start.ts'
import { createWorkflow } from './workflows/create.ts'

/** A person with an account, as an actor. */
export async function person(
  app: TestApp,
  role: Role,
  email = `${newId('user')}@company.com`,
): Promise<Actor & { kind: 'user' }> {
  const id = newId('user')
  await app.database.db.insert(users).values({ id, email, role, name: null, passwordHash: 'none' })
  return { kind: 'user', id, email, name: null, role }
}

export function key(role: Role, scopes: readonly Permission[] | null = null): Actor & { kind: 'apiKey' } {
  return { kind: 'apiKey', id: newId('apiKey'), name: `${role}-bot`, role, scopes, agent_id: null }
}

/** Saves a workflow and answers its id. */
export async function publish(ctx: ServiceContext, yaml: string): Promise<string> {
  const { id } = await createWorkflow({ ctx, input: { yaml } })
  return id
}

/** Starts a run of a workflow text and answers it as it stands then. */
export async function begin(ctx: ServiceContext, yaml: string, inputs: JsonObject = {}) {
  const workflow_id = await publish(ctx, yaml)
  const { run_id } = await startRun({ ctx, input: { body: { workflow_id, inputs }, key: null } })
  return getRun({ ctx, input: { id: run_id, query: {} } })
}

/** What was refused: the code of the error, else the test fails. */
export async function refusal(promise: Promise<unknown>): Promise<ScaffError> {
  const outcome = await promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  )
  if ('error' in outcome && outcome.error instanceof ScaffError) return outcome.error
  throw new Error(
    `expected a refusal, got ${'error' in outcome ? String(outcome.error) : JSON.stringify(outcome.value)}`,
  )
}

export const FORM = `name: Brief
steps:
  - id: brief
    type: form
    fields:
      - {key: topic, type: string, required: true, minimum: 3}
      - {key: tone, type: enum, options: [casual, technical], default: casual}
      - {key: words, type: integer, min: 100, max: 3000}
  - id: labels
    type: set
    values: {label: "{{ topic }} ({{ tone }})"}
`

export const APPROVAL = `name: Review
steps:
  - id: draft
    type: form
    fields: [{key: text, type: string, required: true}]
  - id: review
    type: approval
    approvers: [ann@company.com, bob@company.com]
    policy: POLICY
    message: Please look at the tone.
`

/** The same with another policy. */
export const approvalOf = (policy: string) => APPROVAL.replace('POLICY', policy)

/** Declared inputs, and no step that waits. */
export const INPUTS = `name: Inputs
inputs: [{key: topic, type: string, required: true}, {key: tone, type: string, default: casual}]
steps:
  - {id: a, type: set, values: {label: "{{ topic }}/{{ tone }}"}}
outputs: {label: "{{ label }}"}
`
