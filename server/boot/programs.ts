import { join } from 'node:path'
import { projectRoot } from './root.ts'

/**
 * What short-lived objects may fill before they are collected, in MB. Node's own measure (16) lets a busy worker grow by a hundred
 * megabytes of what nobody needs any more; smaller costs it no steps a second that could be measured.
 */
const YOUNG_MB = 4

/** Arguments of Node for the worker process. */
export function workerProgram(): readonly string[] {
  return [`--max-semi-space-size=${YOUNG_MB}`, join(projectRoot(), 'dist', 'worker.mjs')]
}

/** Arguments of Node for the web process; where it listens is in its environment. */
export function webProgram(): readonly string[] {
  return [join(projectRoot(), 'dist', 'web.mjs')]
}
