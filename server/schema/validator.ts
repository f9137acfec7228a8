import type { Worker } from 'node:worker_threads'
import type { Json, JsonSchema } from '#lib/json.ts'
import { readSchema } from '#lib/schema/gate.ts'
import { MESSAGES } from '#lib/schema/messages.ts'
import type { Violation } from '#lib/schema/validate-interpreted.ts'
import type { SchemaPort } from '#lib/steps/kit.ts'
import type { Message, Question } from './messages.ts'
import { findThreadFile } from './thread-file.ts'

export interface SchemaValidator extends SchemaPort {
  /** Ends the thread; later calls are refused. */
  close(): Promise<void>
}

export interface SchemaValidatorOptions {
  /** The thread's code; found by itself where none is given, see `thread-file.ts`. */
  readonly threadFile?: string
  /** What one validation may take of a processor, in ms. */
  readonly deadlineMs?: number
}

// Taken at run time: a bundler that sees the class wants to bundle every file the path might name, which is the whole project.
const threads = process.getBuiltinModule('node:worker_threads')

/** A loaded machine may be slow without the schema being at fault; this many deadlines by the clock, and it is given up anyway. */
const PATIENCE = 40
const MEMORY_MB = 256

interface Job {
  readonly question: Question
  resolve(violations: readonly Violation[]): void
  reject(error: Error): void
}

/**
 * Validates in a thread with a deadline, behind the schema gate. The deadline counts the thread's own processor time, so a
 * busy machine does not turn a good answer into a bad one. A thread that overruns is ended and the next question gets a new
 * one: the process stays responsive whatever a schema does.
 */
export function createSchemaValidator(options: SchemaValidatorOptions = {}): SchemaValidator {
  const deadlineMs = options.deadlineMs ?? 250
  const waiting: Job[] = []
  let thread: Worker | null = null
  /** Processor time of the thread before the current job, in ms; null while it starts. */
  let spentBefore: number | null = null
  let current: Job | null = null
  let closed = false
  let ids = 0

  function next(): void {
    if (current !== null) return
    current = waiting.shift() ?? null
    if (current === null) {
      thread?.unref()
      return
    }
    try {
      thread ??= start()
    } catch (error) {
      settle({ reject: error instanceof Error ? error : new Error(String(error)) })
      return
    }
    thread.ref()
    if (spentBefore !== null) ask(thread, current)
  }

  function ask(worker: Worker, job: Job): void {
    worker.postMessage(job.question)
    const asked = performance.now()
    const before = spentBefore ?? 0
    const look = async (): Promise<void> => {
      if (current !== job) return
      const waited = performance.now() - asked
      const spent = (await spentBy(worker, before + waited)) - before
      if (current !== job) return
      if (spent < deadlineMs && waited < deadlineMs * PATIENCE) {
        setTimeout(look, deadlineMs / 2).unref()
        return
      }
      drop(worker)
      await worker.terminate()
      settle({ resolve: [{ path: '', message: MESSAGES.tooCostly() }] })
    }
    setTimeout(look, deadlineMs).unref()
  }

  function start(): Worker {
    const worker = new threads.Worker(options.threadFile ?? findThreadFile(), {
      execArgv: [],
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    })
    worker.on('message', (message: Message) => {
      if (thread !== worker) return
      spentBefore = message.cpu_ms
      if (message.kind === 'ready') {
        if (current !== null) ask(worker, current)
      } else if (message.kind === 'violations') settle({ resolve: message.violations })
      else settle({ reject: new Error(`A schema passed the gate but does not compile: ${message.failure}`) })
    })
    worker.on('error', (error: Error & { code?: string }) => {
      if (thread !== worker) return
      drop(worker)
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') settle({ resolve: [{ path: '', message: MESSAGES.tooCostly() }] })
      else settle({ reject: error })
    })
    worker.on('exit', (code) => {
      if (thread !== worker) return
      drop(worker)
      settle({ reject: new Error(`The validation thread ended by itself (code ${code}).`) })
    })
    return worker
  }

  function drop(worker: Worker): void {
    if (thread !== worker) return
    thread = null
    spentBefore = null
  }

  function settle(outcome: { resolve: readonly Violation[] } | { reject: Error }): void {
    const job = current
    current = null
    if (job !== null && 'resolve' in outcome) job.resolve(outcome.resolve)
    if (job !== null && 'reject' in outcome) job.reject(outcome.reject)
    next()
  }

  return {
    validate(schema: JsonSchema, value: Json) {
      if (closed) return Promise.reject(new Error('The schema validator is closed.'))
      const { problems, schema: modern } = readSchema(schema)
      const [problem] = problems
      if (problem !== undefined) {
        const message = `cannot be checked, because its schema has an error: ${problem.message}`
        return Promise.resolve([{ path: '', message }])
      }
      return new Promise((resolve, reject) => {
        waiting.push({ question: { id: ++ids, schema: modern, value }, resolve, reject })
        next()
      })
    },
    async close() {
      closed = true
      for (const job of waiting.splice(0)) job.reject(new Error('The schema validator was closed.'))
      const worker = thread
      if (worker !== null) drop(worker)
      await worker?.terminate()
      settle({ reject: new Error('The schema validator was closed.') })
    },
  }
}

/**
 * Processor time of a thread so far, in ms. Before Node 24 it cannot be asked for, and the clock's stands in; one that has just
 * ended has spent nothing more.
 */
async function spentBy(worker: Worker, byTheClock: number): Promise<number> {
  if (typeof worker.cpuUsage !== 'function') return byTheClock
  try {
    const { user, system } = await worker.cpuUsage()
    return (user + system) / 1_000
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_NOT_RUNNING') return 0
    throw error
  }
}
