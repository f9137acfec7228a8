import type { Json, JsonObject } from '#lib/json.ts'
import type { ExecutorResult, StepContext } from '#lib/steps/kit.ts'
import type { Clock } from '#lib/time.ts'
import type { WorkflowDefinition } from '#lib/workflow/definition.ts'
import { workflow } from '#lib/workflow/testkit.ts'
import type { Call, ChildStart, Engine, RunDescription, SignalAnswer, StartInput } from '../port.ts'

/** What an engine under test offers besides its port. */
export interface Harness {
  readonly engine: Engine
  readonly clock: TestClock
  /** Makes a definition known and answers what a start needs of it. */
  publish(
    definition: WorkflowDefinition,
  ): Promise<Pick<StartInput, 'workflow_id' | 'workflow_name' | 'workflow_version' | 'definition'>>
  /** Executes everything that is due now, and waits for it. */
  settle(): Promise<void>
  /** What the `call` steps do. Set before the run starts. */
  script: (context: StepContext) => Promise<ExecutorResult>
  /** Called by a step's script: whoever executes it sends this, and is lost with the answer. */
  lose(context: StepContext, evidence: JsonObject): Promise<void>
  /** The run's history as `type` or `type step`, in order. */
  history(run_id: string): Promise<readonly string[]>
  outputs(run_id: string): Promise<JsonObject>
  mails(run_id: string): Promise<readonly string[]>
  /** The runs that its steps called. */
  children(run_id: string): Promise<readonly string[]>
  /** Finds the workflow that a step calls. */
  child: (workflow: string, inputs: JsonObject) => Promise<ChildStart>
  close(): Promise<void>
}

export interface TestClock extends Clock {
  advance(ms: number): void
}

export function createTestClock(start = '2026-01-05T09:00:00.000Z'): TestClock {
  let at = Date.parse(start)
  return {
    now: () => new Date(at),
    advance: (ms) => {
      at += ms
    },
  }
}

export const done = (output: Json = {}): ExecutorResult => ({ ok: true, output, input: null })
export const broken = (retryable = false): ExecutorResult => ({
  ok: false,
  error: { code: 'http.status', message: 'It answered 500.', retryable, retry_after_ms: null },
  input: null,
})

/** A promise that a test settles. */
export function gate(): { readonly open: () => void; readonly opened: Promise<void> } {
  let open: () => void = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { open: () => open(), opened }
}

export const MINUTE = 60_000
export const PROFILE = {
  user_id: 'usr_sarah',
  user_email: 'sarah@company.com',
  user_role: 'editor',
  name: 'Sarah',
  agent_id: null,
}
export const asKey: Call = {
  actor: { kind: 'apiKey', id: 'key_1', name: 'ci', role: 'admin', scopes: null, agent_id: null },
  request_id: 'req_1',
  audit: null,
}
export const by = { via: 'key', id: 'key_1', label: 'key ci' } as const

/** What tests do to an engine, over and over. */
export interface Actions {
  start(definition: WorkflowDefinition, more?: Partial<StartInput>): Promise<string>
  seen(run_id: string): Promise<RunDescription>
  /** The id of its first wait. */
  waitOf(run_id: string): Promise<string>
  decide(
    run_id: string,
    decision: 'approve' | 'reject' | 'revise',
    more?: { approver?: string; generation?: number; wait_id?: string },
  ): Promise<SignalAnswer>
  submit(run_id: string, values: JsonObject, wait_id?: string): Promise<SignalAnswer>
}

export function actionsOf(h: Harness): Actions {
  const start = async (definition: WorkflowDefinition, more: Partial<StartInput> = {}) => {
    const answer = await h.engine.start(asKey, {
      ...(await h.publish(definition)),
      inputs: {},
      static: {},
      profile: PROFILE,
      idempotency: null,
      ...more,
    })
    if (!answer.ok) throw new Error(answer.reason)
    return answer.run_id
  }
  const seen = async (run_id: string) => {
    const run = await h.engine.describe(run_id)
    if (!run) throw new Error('no run')
    return run
  }
  const waitOf = async (run_id: string) => {
    const [wait] = (await seen(run_id)).waits
    if (!wait) throw new Error('no wait')
    return wait.wait_id
  }
  const decide = async (
    run_id: string,
    decision: 'approve' | 'reject' | 'revise',
    more: { approver?: string; generation?: number; wait_id?: string } = {},
  ): Promise<SignalAnswer> =>
    h.engine.signal(asKey, {
      kind: 'approval',
      run_id,
      wait_id: more.wait_id ?? (await waitOf(run_id)),
      generation: more.generation ?? null,
      decision,
      comment: 'said so',
      approver: more.approver ?? null,
      by,
    })
  const submit = async (run_id: string, values: JsonObject, wait_id?: string): Promise<SignalAnswer> =>
    h.engine.signal(asKey, {
      kind: 'form',
      run_id,
      wait_id: wait_id ?? (await waitOf(run_id)),
      generation: null,
      values,
      by,
    })
  return { start, seen, waitOf, decide, submit }
}

export const two = workflow(
  [
    { id: 'one', type: 'call' },
    { id: 'two', type: 'call' },
  ],
  { outputs: '{{ steps.two.output.n }}' },
)
export const review = (more: object = {}) => ({
  id: 'review',
  type: 'gate',
  config: { approvers: [{ email: 'manager@company.com' }], ...more },
})
