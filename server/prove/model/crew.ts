import { setTimeout as sleep } from 'node:timers/promises'
import type { ExecutorResult, StepContext } from '#lib/steps/kit.ts'
import type { Clock } from '#lib/time.ts'
import { brokenFor, naturally } from '#lib/workflow/testing/nature.ts'
import type { Sql } from '#server/db/client.ts'
import type { ChildStart } from '#server/engine/port.ts'
import { testPorts } from '#server/engine/postgres/worker/testing.ts'
import { startWorker, type Worker } from '#server/engine/postgres/worker/worker.ts'
import { engineOptions } from '../setting.ts'
import type { Faults } from './faults.ts'

/** So many workers share the work; one that is told to stop is replaced. */
const SIZE = 2
const LEASE_SECONDS = 4
/** Every so many writes the database's answer to one is lost after its commit. */
const ANSWER_LOST = 61

export interface Crew {
  /** Keys under which effects were sent. */
  readonly seen: ReadonlySet<string>
  /** Keys under which something was sent whose worker was lost before it could say what came of it. */
  readonly lost: ReadonlySet<string>
  /** Resolves when nothing is due and nothing is under way. */
  idle(deadline: number): Promise<void>
  stop(): Promise<void>
}

interface CrewOptions {
  readonly sql: Sql
  readonly clock: Clock
  readonly faults: Faults
  readonly troubles: unknown[]
  /** What a run is called in every play of a seed. */
  readonly nameOf: (run_id: string) => string
  readonly child: (workflow: string) => ChildStart
}

/** Workers that execute as the model's world does, and to which the seed's faults happen. */
export async function startCrew(options: CrewOptions): Promise<Crew> {
  const { sql, clock, faults, troubles, nameOf } = options
  const seen = new Set<string>()
  const lost = new Set<string>()
  const workers: Worker[] = []
  const replacing = new Set<Promise<void>>()
  let over = false

  async function employ(): Promise<void> {
    const worker: Worker = await startWorker({
      ...engineOptions(forgetful(sql, faults), clock, troubles),
      ports: {
        ...testPorts,
        child: async (_caller, called) => options.child(called),
        executors: {
          call: (context) => execute(context, () => worker),
          write: (context) => execute(context, () => worker),
        },
      },
      id: null,
      concurrency: 6,
      leaseSeconds: LEASE_SECONDS,
      pollMs: 20,
      drainMs: 20,
    })
    workers.push(worker)
  }

  function replace(worker: Worker): void {
    const at = workers.indexOf(worker)
    if (at === -1 || over) return
    workers.splice(at, 1)
    const done = (async () => {
      await worker.stop()
      await employ()
    })()
    replacing.add(done)
    done.finally(() => replacing.delete(done)).catch((error) => troubles.push(error))
  }

  async function execute(context: StepContext, worker: () => Worker): Promise<ExecutorResult> {
    const { activity, idempotencyKey: key, step, signal } = context
    const answer = answerOf(context)
    const name = `${nameOf(key.slice(0, key.indexOf(':')))} ${activity.path} ${step.id} ${activity.visit} ${activity.attempt}`
    switch (faults.next(name)) {
      case 'stumble':
        if (answer.ok && activity.attempt < (step.retry?.max_attempts ?? 1))
          return { ok: false, error: brokenFor(true), input: null }
        break
      case 'stop':
        replace(worker())
        await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }))
        break
      case 'sent':
        await context.sent({ sent: true })
        seen.add(key)
        lost.add(key)
        await lose(key, activity.attempt)
        return answer
      case 'lease':
        seen.add(key)
        await lose(key, activity.attempt)
        return answer
    }
    seen.add(key)
    return answer
  }

  /** As the sweep does once a lease is over; then the answer comes, to a worker that no longer holds the step. */
  async function lose(key: string, attempt: number): Promise<void> {
    await sql`update work set owner = null where kind = 'step' and key = ${`${key}:${attempt}`}`
    await sleep(3)
  }

  for (let i = 0; i < SIZE; i++) await employ()
  return {
    seen,
    lost,
    async idle(deadline) {
      for (;;) {
        await Promise.all(replacing)
        const [row] = await sql<{ open: number }[]>`
          select count(*)::int as open from work where owner is not null or due <= ${clock.now().toISOString()}`
        if (row?.open === 0 && replacing.size === 0) return
        if (performance.now() > deadline) throw new Error(`I1: ${row?.open} pieces of work are left undone`)
        for (const worker of workers) worker.nudge()
        await sleep(5)
      }
    },
    async stop() {
      over = true
      await Promise.all(replacing)
      await Promise.all(workers.map((worker) => worker.stop()))
    },
  }
}

function answerOf({ step, activity }: StepContext): ExecutorResult {
  const made = naturally({ step: () => step }, activity)
  return made.ok ? { ok: true, output: made.result.output, input: null } : { ok: false, error: made.error, input: null }
}

/** A database that commits, and whose answer is sometimes lost: the statement is repeated, and changes nothing. */
function forgetful(sql: Sql, { count }: Faults): Sql {
  let written = 0
  const lost = Object.assign(new Error('the connection broke after the commit'), { code: '08006' })
  return new Proxy(sql, {
    get(target, name) {
      if (name !== 'unsafe') return Reflect.get(target, name)
      return async (...given: Parameters<Sql['unsafe']>) => {
        const rows = await target.unsafe(...given)
        written += 1
        if (written % ANSWER_LOST !== 0) return rows
        count.answer += 1
        throw lost
      }
    },
  })
}
