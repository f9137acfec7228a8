/** The tests of the engine by what they hold, as files. */
export const SUITES = {
  core: [
    'lib/workflow/stale.test.ts',
    'lib/workflow/transition.test.ts',
    'lib/workflow/forks.test.ts',
    'lib/workflow/found.prop.test.ts',
    'lib/workflow/restore.test.ts',
    'lib/workflow/simulate.test.ts',
  ],
  types: [
    'lib/workflow/planted.test.ts',
    'lib/workflow/types/types.test.ts',
    'lib/workflow/context.test.ts',
    'lib/testing/soundness/soundness.test.ts',
  ],
  memory: ['server/engine/memory/engine.test.ts'],
  postgres: ['server/engine/postgres/engine.int.test.ts'],
  writer: ['server/engine/postgres/writer.int.test.ts'],
  effects: ['server/engine/postgres/worker/effects.int.test.ts'],
  takeover: ['server/engine/postgres/worker/takeover.int.test.ts'],
  held: ['server/engine/postgres/worker/held.int.test.ts'],
  together: ['server/engine/postgres/worker/together.int.test.ts'],
} as const
