import { type ChildProcess, spawn } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'

export interface ChildOptions {
  readonly name: string
  /** Script and arguments, for this same Node. */
  readonly args: readonly string[]
  readonly env: NodeJS.ProcessEnv
  readonly cwd: string
  /** How long it may drain after SIGTERM before it is killed. */
  readonly drainMs: number
  readonly say: (line: string) => void
}

export interface Child {
  /** Process id of the present one; null between two. */
  pid(): number | null
  /** Ends it and starts it no more. `hurry` tells it once more, and leaves it a few seconds. */
  stop(hurry?: AbortSignal): Promise<void>
}

const HURRY_MS = 3_000
const FIRST_PAUSE_MS = 200
const LONGEST_PAUSE_MS = 10_000
/** One that ran this long begins with a short pause again. */
const STEADY_MS = 30_000

/** Keeps a child process running: one that ends is started again, after a pause that grows while it keeps failing. */
export function keepRunning(options: ChildOptions): Child {
  const { name, say } = options
  const stopping = new AbortController()
  let process_: ChildProcess | null = null
  let pauseMs = FIRST_PAUSE_MS

  const live = async () => {
    while (!stopping.signal.aborted) {
      const began = performance.now()
      const end = await runOnce(options, (child) => {
        process_ = child
      })
      process_ = null
      if (stopping.signal.aborted) return
      if (performance.now() - began > STEADY_MS) pauseMs = FIRST_PAUSE_MS
      say(`${name} ended (${end}); starting it again in ${pauseMs / 1000} s`)
      await pause(pauseMs, undefined, { signal: stopping.signal }).catch((error: unknown) => {
        if (!stopping.signal.aborted) throw error
      })
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)
    }
  }
  const ended = live()

  return {
    pid: () => process_?.pid ?? null,
    async stop(hurry) {
      stopping.abort()
      const child = process_
      const killAfter = (ms: number) =>
        setTimeout(() => {
          say(`${name} did not end within ${ms / 1000} s; killing it`)
          child?.kill('SIGKILL')
        }, ms)
      child?.kill('SIGTERM')
      const timers = [killAfter(options.drainMs)]
      hurry?.addEventListener('abort', () => {
        if (process_ === null) return
        child?.kill('SIGTERM')
        timers.push(killAfter(HURRY_MS))
      })
      await ended
      for (const timer of timers) clearTimeout(timer)
    },
  }
}

/** Resolves with how it ended, in words. */
function runOnce(options: ChildOptions, onStart: (child: ChildProcess) => void): Promise<string> {
  return new Promise((done) => {
    const child = spawn(process.execPath, options.args, {
      cwd: options.cwd,
      env: options.env,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    onStart(child)
    child.on('error', (error) => done(error.message))
    child.on('exit', (code, signal) => done(signal ?? `code ${code}`))
  })
}
