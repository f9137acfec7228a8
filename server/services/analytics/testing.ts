import { aiCalls, runSteps, runs, waits } from '#drizzle/schema/index.ts'
import { newId } from '#lib/ids.ts'
import type { RunError } from '#lib/workflow/state.ts'
import type { TestApp } from '#server/testing/app.ts'

interface SeededRun {
  readonly at: string
  readonly workflow?: string
  readonly status?: (typeof runs.$inferInsert)['status']
  /** Milliseconds from the start to the end; without it the run is under way. */
  readonly total?: number
  /** Of these, worked in one step; the rest waited for a person. */
  readonly execution?: number
  readonly error?: RunError
}

/** A run as the engine would have left it; answers its id. */
export async function seedRun(app: TestApp, run: SeededRun): Promise<string> {
  const { db } = app.database
  const id = newId('run')
  const begun = new Date(run.at)
  const ended = run.total === undefined ? null : new Date(begun.getTime() + run.total)
  await db.insert(runs).values({
    id,
    workflowId: run.workflow ?? 'wf_a',
    workflowName: `Named ${run.workflow ?? 'wf_a'}`,
    workflowVersion: 1,
    status: run.status ?? (ended ? 'completed' : 'running'),
    state: NO_STATE,
    revision: 1,
    epoch: 1,
    inputs: {},
    static: {},
    profile: { user_id: null, user_email: null, user_role: null, name: null, agent_id: null },
    error: run.error ?? null,
    requestId: 'req',
    createdAt: begun,
    updatedAt: begun,
    endedAt: ended,
  })
  if (ended && run.execution !== undefined) {
    const worked = new Date(begun.getTime() + run.execution)
    await db.insert(runSteps).values([
      { ...STEP, runId: id, stepId: 'draft', type: 'ai_generate', startedAt: begun, endedAt: worked },
      { ...STEP, runId: id, stepId: 'review', type: 'approval', startedAt: worked, endedAt: ended },
    ])
  }
  return id
}

interface SeededCall {
  readonly run: string
  readonly at: string
  readonly model: string
  /** null: the price is not known. */
  readonly usd: number | null
  readonly tokens: readonly [prompt: number, output: number]
}

export async function seedCall(app: TestApp, call: SeededCall): Promise<void> {
  await app.database.db.insert(aiCalls).values({
    id: newId('aiCall'),
    runId: call.run,
    epoch: 1,
    path: 'root',
    stepId: 'draft',
    visit: 1,
    attempt: 1,
    position: 0,
    provider: 'openai',
    model: call.model,
    retryCount: 0,
    prompt: 'p',
    answer: 'a',
    violations: [],
    tokensPrompt: call.tokens[0],
    tokensOutput: call.tokens[1],
    latencyMs: 5,
    costUsd: call.usd,
    at: new Date(call.at),
  })
}

interface SeededWait {
  readonly run: string
  readonly kind: 'form' | 'approval'
  readonly openedAt: Date
  readonly expiresAt?: Date
  readonly outcome?: string
}

export async function seedWait(app: TestApp, wait: SeededWait): Promise<void> {
  const id = newId('wait')
  const opened = wait.openedAt.toISOString()
  await app.database.db.insert(waits).values({
    id,
    runId: wait.run,
    key: id,
    kind: wait.kind,
    stepId: 'review',
    path: 'root',
    wait: {
      kind: 'form',
      key: id,
      path: 'root',
      step: 'review',
      visit: 1,
      opened_at: opened,
      generation: 1,
      expires_at: null,
    },
    opening: {
      kind: 'form',
      title: 'T',
      description: '',
      fields: [],
      schema: {},
      assignee: null,
      public: false,
      timeout_ms: null,
    },
    outcome: wait.outcome ?? null,
    openedAt: wait.openedAt,
    expiresAt: wait.expiresAt ?? null,
    closedAt: wait.outcome === undefined ? null : wait.openedAt,
  })
}

const STEP = { epoch: 1, path: 'root', visit: 1, attempt: 1, status: 'completed', seq: 1 } as const

const NO_STATE = {
  v: 1,
  status: 'running',
  epoch: 1,
  seq: 1,
  taken: 0,
  scopes: {},
  waits: {},
  timers: {},
  error: null,
  stopped_at: null,
} as const
