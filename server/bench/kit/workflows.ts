import type { StepExecutor } from '#lib/steps/kit.ts'
import type { AnyStepType, StepCatalog } from '#lib/workflow/catalog.ts'
import type { WorkflowDefinition } from '#lib/workflow/definition.ts'
import { testCatalog, workflow } from '#lib/workflow/testkit.ts'

/** What a cheap step answers: about as much as a small API does. */
const ANSWER = { ok: true, ref: 'a'.repeat(40), note: 'b'.repeat(120) }

/** Waits until the instant that the run was given as `at`. */
const alarm: AnyStepType = {
  ...(testCatalog.get('pause') as AnyStepType),
  type: 'alarm',
  behavior: 'timer',
  until: (_config, scope) => String(scope.roots.inputs?.at),
}

/** The step types of the core's own tests, which have no room of their own to be slow in. */
export const benchCatalog: StepCatalog = {
  get: (type) => (type === alarm.type ? alarm : testCatalog.get(type)),
  list: () => [...testCatalog.list(), alarm],
}

/** `call` answers at once, or after `ms`. */
export const callExecutor: StepExecutor = async ({ config }) => {
  const { ms } = config as { readonly ms?: number }
  if (ms !== undefined) await new Promise((resolve) => setTimeout(resolve, ms))
  return { ok: true, output: ANSWER, input: null }
}

/** Steps of S10 that the commits are counted by. */
export const STEPS = 10

const half = (from: number) =>
  Array.from({ length: STEPS / 2 }, (_, i) => ({ id: `step_${from + i}`, type: 'call', config: { n: from + i } }))

/** Ten cheap effectful steps, and one condition amid them. */
export const s10: WorkflowDefinition = workflow([
  ...half(1),
  { id: 'which', type: 'choose', config: { of: 'ok', yes: 'step_6', no: 'step_6' } },
  ...half(6),
])

/** The same with steps that need nobody outside: one commit holds them all. */
export const s10pure: WorkflowDefinition = workflow(
  s10.steps.map(({ id, type, config }) =>
    type === 'call' ? { id, type: 'keep', config: { value: '"x"' } } : { id, type, config },
  ),
)

/** A person is asked, then one effect follows. */
export const asked: WorkflowDefinition = workflow([
  { id: 'ask', type: 'ask' },
  { id: 'act', type: 'call' },
])

/** Waits for an instant, and is over. */
export const alarmed: WorkflowDefinition = workflow([{ id: 'wake', type: 'alarm' }])

/** Steps that mostly wait for the other side. */
export const sleeping = (ms: number): WorkflowDefinition =>
  workflow(Array.from({ length: 5 }, (_, i) => ({ id: `slow_${i}`, type: 'call', config: { ms } })))
