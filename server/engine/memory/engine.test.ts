import type { StepContext } from '#lib/steps/kit.ts'
import { scopeOf } from '#lib/workflow/context.ts'
import { testCatalog, testData } from '#lib/workflow/testkit.ts'
import { createTestClock, done, engineConformance, type Harness } from '../conformance/index.ts'
import { createMemoryEngine } from './engine.ts'

engineConformance('memory', async () => {
  const clock = createTestClock()
  const engine = createMemoryEngine({
    catalog: testCatalog,
    clock,
    directory: testData().directory,
    child: (workflow, inputs) => harness.child(workflow, inputs),
    executors: { call: (context) => harness.script(context) },
    execute: (executor, run, activity, key) => {
      const step = run.program.step(activity.step)
      if (!step) throw new Error('no step')
      const scope = scopeOf(run.program, run.data, clock.now().toISOString(), activity.path)
      const feedback = run.state.scopes.root?.feedback[step.id] ?? null
      // The scripted step uses no port of the outside world.
      return executor({ step, config: step.config, scope, activity, idempotencyKey: key, feedback } as StepContext)
    },
  })
  let published = 0
  const harness: Harness = {
    engine,
    clock,
    script: async () => done(),
    child: async () => Promise.reject(new Error('this test calls no workflow')),
    publish: async (definition) => ({
      workflow_id: `wf_${++published}`,
      workflow_name: definition.name,
      workflow_version: 1,
      definition,
    }),
    settle: () => engine.settle(),
    // No process stands between this engine and its steps: it is told at once what another finds out at the takeover.
    async lose({ activity, idempotencyKey }, evidence) {
      const run = engine.runs.get(idempotencyKey.slice(0, idempotencyKey.indexOf(':')))
      run?.apply({ type: 'effect.unknown', activity, evidence, at: clock.now().toISOString() })
    },
    history: async (id) =>
      engine.runs
        .get(id)
        ?.history.map((e) => ('step' in e && typeof e.step === 'string' ? `${e.type} ${e.step}` : e.type)) ?? [],
    outputs: async (id) => Object.fromEntries(engine.runs.get(id)?.data.outputs.map((o) => [o.step, o.output]) ?? []),
    children: async (id) => [...engine.runs.values()].filter((run) => run.parent?.run_id === id).map((run) => run.id),
    mails: async (id) => engine.runs.get(id)?.messages.map(({ message }) => `${message.kind} ${message.to}`) ?? [],
    close: async () => {},
  }
  return harness
})
