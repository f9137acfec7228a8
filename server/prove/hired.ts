import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import type { WorkerWord } from './become-worker.ts'
import { startProcess } from './process.ts'

/** A worker process (`becomeWorker`), seen from outside. */
export interface Hired {
  readonly child: ChildProcess
  /** Resolves when it takes work. */
  readonly ready: Promise<void>
  readonly exited: Promise<unknown>
}

/** Starts the program of a worker, and passes on what it tells of troubles. */
export function hire(program: string, args: readonly string[], onTrouble: (trouble: string) => void): Hired {
  const child = startProcess(program, args)
  const ready = new Promise<void>((resolve) => {
    child.on('message', (word: WorkerWord) => {
      if (word.said === 'ready') resolve()
      else onTrouble(word.trouble)
    })
  })
  return { child, ready, exited: once(child, 'exit') }
}
