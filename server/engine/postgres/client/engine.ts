import type { Engine } from '../../port.ts'
import { createParts, type EngineOptions } from '../parts.ts'
import { cancel, resolve, retry } from './change.ts'
import { describe } from './describe.ts'
import { fork } from './fork.ts'
import { signal } from './signal.ts'
import { signalEarly } from './signal-early.ts'
import { start } from './start.ts'

/** The engine as web processes use it: all that changes runs, nothing that executes steps. */
export function createPostgresEngine(options: EngineOptions): Engine & { close(): Promise<void> } {
  const parts = createParts(options)
  return {
    start: (call, input) => start(parts, call, input),
    signal: (call, input) => signal(parts, call, input),
    signalEarly: (call, input) => signalEarly(parts, call, input),
    cancel: (call, input) => cancel(parts, call, input),
    retry: (call, input) => retry(parts, call, input),
    fork: (call, input) => fork(parts, call, input),
    resolve: (call, input) => resolve(parts, call, input),
    describe: (run_id) => describe(parts, run_id),
    close: () => parts.notifier.flush(),
  }
}
