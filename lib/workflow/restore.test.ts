import { describe, expect, it } from 'vitest'
import type { Json } from '../json.ts'
import type { HistoryEvent, RunEvent } from './events.ts'
import { project } from './project.ts'
import { type KeptStep, restore } from './restore.ts'
import { T0, type TestRun, testRun, workflow } from './testkit.ts'

/** A run whose rows are kept as a host keeps them, so that it can be read back at any moment. */
function keptRun(run: TestRun) {
  const rows = new Map<string, KeptStep & { seq: number }>()
  const forks = new Set(['split', 'each'])
  function keep(events: readonly HistoryEvent[]): void {
    for (const row of project(run.state, events).steps) {
      const key = [row.epoch, row.path, row.step_id, row.visit, row.attempt].join(' ')
      rows.set(key, {
        epoch: row.epoch,
        path: row.path,
        step: row.step_id,
        visit: row.visit,
        output: row.output,
        source: row.source ?? 'call',
        completed: row.status === 'completed',
        fork: forks.has(row.type) ? (row.input ?? rows.get(key)?.fork ?? null) : null,
        seq: row.seq,
      })
    }
  }
  const readBack = () =>
    restore(
      run.state,
      [...rows.values()].toSorted((a, b) => a.seq - b.seq).filter((row) => row.completed || row.fork !== null),
    )
  return {
    apply(event: RunEvent) {
      keep(run.apply(event).events)
      expect(readBack()).toEqual({ outputs: run.data.outputs, forks: run.data.forks })
    },
  }
}

const done = (path: string, step: string, output: Json, epoch = 0): RunEvent => ({
  type: 'step.succeeded',
  activity: { path, step, visit: 1, attempt: 1, epoch },
  result: { output, input: null, ai_calls: [] },
  at: T0,
})
const failure = (path: string, step: string): RunEvent => ({
  type: 'step.failed',
  activity: { path, step, visit: 1, attempt: 1, epoch: 0 },
  error: { code: 'http.status', message: 'It answered 500.', retryable: false, retry_after_ms: null },
  result: { input: null, ai_calls: [] },
  at: T0,
})

describe('what was read back', () => {
  it('is what was held in memory, before, in and after every fork, and after a retry', () => {
    const run = keptRun(
      testRun(
        workflow([
          { id: 'first', type: 'call' },
          {
            id: 'each',
            type: 'each',
            config: { items: ['x', 'y'], as: 'one' },
            blocks: {
              item: [
                { id: 'send', type: 'call' },
                { id: 'split', type: 'split', blocks: { a: [{ id: 'left', type: 'call' }] } },
              ],
            },
          },
          { id: 'last', type: 'call' },
        ]),
      ),
    )
    run.apply({ type: 'start', at: T0 })
    run.apply(done('root', 'first', { v: 1 }))
    run.apply(done('root/each@0.1/0', 'send', { n: 0 }))
    run.apply(done('root/each@0.1/1', 'send', { n: 1 }))
    run.apply(done('root/each@0.1/1/split@0.1/a', 'left', { l: 1 }))
    run.apply(failure('root/each@0.1/0/split@0.1/a', 'left'))
    run.apply({ type: 'retry', from: null, inputs: null, at: T0 })
    run.apply(done('root/each@0.1/0/split@0.1/a', 'left', { l: 0 }, 1))
    run.apply(done('root', 'last', {}, 1))
  })
})
