import { z } from 'zod'
import type { Json, JsonObject } from '../json.ts'
import { plus } from '../time.ts'
import type { AnyStepType, ApprovalOpening, ApproverRef, FormOpening, Join, StepCatalog } from './catalog.ts'
import type { RunData } from './data.ts'
import type { Block, Limits, RetryPolicy, Step, WorkflowDefinition } from './definition.ts'
import type { RunEvent } from './events.ts'
import { evaluateExpression } from './expressions/evaluate.ts'
import { createProgram, type Program } from './program.ts'
import type { RunState } from './state.ts'
import { initialState, type Transition, transition } from './transition.ts'

/**
 * Builders for tests of the core and of engines: step types without a room, so that a behaviour is shown apart
 * from what real steps do. `call` is an effect, `write` one as a model has it, `ask` a form, `gate` an approval, `choose` is
 * pure, `keep` evaluates, `pause` waits for an instant, `split` and `each` open scopes, `sub` runs another workflow.
 */
const base = {
  label: 'Test',
  summary: 'For tests.',
  docs: '',
  example: '',
  aliases: {},
  later: [],
  config: z.any(),
  slots: () => [],
  jumps: () => [],
  output: () => null,
} as const

const types: readonly AnyStepType[] = [
  { ...base, type: 'call', source: 'call', behavior: 'effect', retry: () => ONCE },
  { ...base, type: 'write', source: 'ai', behavior: 'effect', retry: () => ONCE },
  {
    ...base,
    type: 'choose',
    source: 'pure',
    behavior: 'pure',
    merge: () => ({}),
    jumps: ({ yes, no }: { yes: string | null; no: string | null }) => [
      { to: yes, path: ['yes'] },
      { to: no, path: ['no'] },
    ],
    decidesNext: () => true,
    decide: (config: { of: string; yes: string | null; no: string | null }, scope) => {
      const chosen = scope.roots.runtime?.[config.of] === true
      return { output: { result: chosen }, next: chosen ? config.yes : config.no }
    },
  },
  {
    ...base,
    type: 'ask',
    source: 'person',
    behavior: 'wait',
    open: (config: Partial<Omit<FormOpening, 'assignee'>> & { assignee?: string }, _scope, step) => ({
      kind: 'form',
      title: step.name ?? step.id,
      description: '',
      fields: config.fields ?? [],
      schema: config.schema ?? { type: 'object' },
      assignee: config.assignee ? { email: config.assignee } : null,
      public: false,
      timeout_ms: config.timeout_ms ?? null,
    }),
  },
  {
    ...base,
    type: 'gate',
    source: 'decision',
    behavior: 'wait',
    jumps: ({ on_revise, on_reject }: Partial<ApprovalOpening>) => [
      ...(on_revise ? [{ to: on_revise.to, path: ['on_revise', 'to'], kind: 'revise' as const }] : []),
      ...(on_reject ? [{ to: on_reject, path: ['on_reject'], kind: 'reject' as const }] : []),
    ],
    open: (config: Partial<ApprovalOpening> & { approvers: readonly ApproverRef[] }, scope, step) => ({
      ...PLAIN_APPROVAL,
      title: step.name ?? step.id,
      show: (scope.roots.run?.produced as JsonObject) ?? {},
      ...config,
    }),
  },
  {
    ...base,
    type: 'pause',
    source: 'pure',
    behavior: 'timer',
    until: (config: { ms: number }, scope) => plus(scope.now, config.ms),
  },
  {
    ...base,
    type: 'split',
    source: 'pure',
    behavior: 'fork',
    holds: 'branches',
    merge: () => ({}),
    fork: (config: { join?: Join }) => ({ over: 'blocks', join: config.join ?? 'all' }),
  },
  {
    ...base,
    type: 'each',
    source: 'pure',
    behavior: 'fork',
    holds: 'steps',
    merge: () => ({}),
    fork: (config: { items: readonly Json[]; at_once?: number }) => ({
      over: 'items',
      items: config.items,
      max_concurrency: config.at_once ?? null,
    }),
  },
  {
    ...base,
    type: 'sub',
    source: 'call',
    behavior: 'call',
    call: (config: { workflow: string; inputs?: JsonObject }) => ({
      workflow: config.workflow,
      inputs: config.inputs ?? {},
    }),
  },
  {
    ...base,
    type: 'keep',
    source: 'pure',
    behavior: 'pure',
    decide: (config: { value: string }, scope) => ({ output: { value: evaluateExpression(config.value, scope) } }),
  },
]

/** An approval as one opens of which nothing is said. */
export const PLAIN_APPROVAL = {
  kind: 'approval',
  message: '',
  policy: 'any',
  priority: 'normal',
  confirm: 'click',
  self_approval: false,
  timeout_ms: null,
  reminder_ms: null,
  on_timeout: { do: 'reject' },
  escalate_to: [],
  on_reject: null,
  on_revise: null,
  choices: ['approve', 'reject', 'revise'],
} as const

export const ONCE: RetryPolicy = {
  max_attempts: 1,
  interval_ms: 1_000,
  backoff_rate: 2,
  max_delay_ms: 60_000,
  jitter: 0,
  on: null,
}

export const testCatalog: StepCatalog = {
  get: (type) => types.find((t) => t.type === type),
  list: () => types,
}

type StepInput = Partial<Omit<Step, 'config' | 'blocks'>> & {
  id: string
  type: string
  config?: Json | object
  /** Steps by block. */
  blocks?: Readonly<Record<string, readonly StepInput[]>>
}

/** A definition whose steps follow one another unless they say otherwise. */
export function workflow(
  steps: readonly StepInput[],
  more: { limits?: Partial<Limits>; outputs?: Json } = {},
): WorkflowDefinition {
  return {
    ir: 1,
    name: 'Test',
    description: null,
    tags: [],
    label: null,
    start: steps[0]?.id ?? '',
    inputs: null,
    static: {},
    secrets: [],
    limits: { timeout_ms: null, idempotency: null, ...more.limits },
    outputs: more.outputs ?? null,
    steps: sequence(steps),
  }
}

function sequence(steps: readonly StepInput[]): readonly Step[] {
  return steps.map(({ config, blocks, ...step }, i) => ({
    name: null,
    next: steps[i + 1]?.id ?? null,
    when: null,
    retry: null,
    timeout_ms: null,
    on_error: null,
    output_key: null,
    ...step,
    config: (config ?? {}) as JsonObject,
    ...(blocks ? { blocks: Object.entries(blocks).map(block) } : {}),
  }))
}

function block([name, steps]: [string, readonly StepInput[]]): Block {
  return { name, start: steps[0]?.id ?? '', steps: sequence(steps) }
}

export const T0 = '2026-01-05T09:00:00.000Z'

export function testData(more: Partial<RunData> = {}): RunData {
  return {
    run: { id: 'run_1', workflow_id: 'wf_1', workflow_name: 'Test', workflow_version: 1 },
    inputs: {},
    static: {},
    profile: {
      user_id: 'usr_sarah',
      user_email: 'sarah@company.com',
      user_role: 'editor',
      name: 'Sarah',
      agent_id: null,
    },
    outputs: [],
    forks: {},
    directory: {
      resolve: (refs) => refs.flatMap((ref) => ('email' in ref ? [{ email: ref.email, user_id: null }] : [])),
    },
    ...more,
  }
}

/** A run under test: holds state and data, and answers what each event leads to. */
export interface TestRun {
  readonly program: Program
  state: RunState
  data: RunData
  apply(event: RunEvent): Transition
}

export function testRun(definition: WorkflowDefinition, more: Partial<RunData> = {}): TestRun {
  const run: TestRun = {
    program: createProgram(definition, testCatalog),
    state: initialState(),
    data: testData(more),
    apply(event) {
      const made = transition(run.program, run.state, run.data, event)
      run.state = made.state
      run.data = made.data
      return made
    },
  }
  return run
}

/** A run that has begun. */
export function begun(definition: WorkflowDefinition, more: Partial<RunData> = {}): TestRun & { first: Transition } {
  const run = testRun(definition, more)
  const first = run.apply({ type: 'start', at: T0 })
  return Object.assign(run, { first })
}
