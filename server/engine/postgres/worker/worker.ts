import { newId } from '#lib/ids.ts'
import { plus } from '#lib/time.ts'
import { createParts, type EngineOptions } from '../parts.ts'
import { admitQueued } from './admit.ts'
import { cancelChild, returnToCaller, startChild } from './children.ts'
import { type ClaimedWork, claim, giveBack, nextDue, stepPayload } from './claim.ts'
import { sweep, takeLease } from './lease.ts'
import type { WorkerContext, WorkerPorts } from './parts.ts'
import { runMessage } from './run-message.ts'
import { runStep } from './run-step.ts'
import { runTimer } from './run-timer.ts'
import { createStrays } from './strays.ts'

export interface WorkerOptions extends EngineOptions {
  readonly ports: WorkerPorts
  /**
   * A name that a supervisor gives to one process at a time. What an earlier process of that name held is free at once,
   * without waiting for the end of its lease. null: a name of its own.
   */
  readonly id: string | null
  readonly concurrency: number
  readonly leaseSeconds: number
  /** How long it sleeps at most when nothing is due: the net under missed hints. */
  readonly pollMs: number
  /** How long a stop waits for steps under way. */
  readonly drainMs: number
}

export interface Worker {
  readonly id: string
  /** Looks for work at once; called for every hint. */
  nudge(): void
  /** Resolves when nothing is claimed and nothing is due: for tests. */
  idle(): Promise<void>
  /**
   * Begins nothing more, waits for what is under way, breaks the rest off and gives it back: whoever takes it over repeats
   * it with the same key. `hurry` ends the waiting. Answers how much was broken off.
   */
  stop(hurry?: AbortSignal): Promise<number>
  /** Settles when the worker has ended, with the trouble that ended it, if any. */
  readonly ended: Promise<void>
}

/** How long something that is broken off has to come to its end. */
const BREAK_OFF_MS = 1_000
/** How often at least leases are renewed and those of dead workers ended: what a takeover costs beyond the lease. */
const UPKEEP_MS = 2_000

/** Starts a worker: claim → execute → settle, up to `concurrency` at once. */
export async function startWorker(options: WorkerOptions): Promise<Worker> {
  const parts = createParts(options)
  const lease = await takeLease(parts.sql, options.id ?? newId('worker'), options.leaseSeconds)
  await sweep(parts.sql)
  const stopped = new AbortController()
  let stopping = false
  const context: WorkerContext = {
    // A worker that stops does not go on with the runs it holds: their next steps are for the others.
    parts: { ...parts, write: (input) => parts.write(stopping ? { ...input, claimFor: null } : input) },
    ports: options.ports,
    lease,
    holding: new Map(),
    stop: stopped.signal,
    report: (error, what) => options.onError(new Error(`${what} failed`, { cause: error })),
  }
  const running = new Set<Promise<void>>()
  const sleeper = createSleeper()
  // A claim whose answer is still on its way: its rows are no longer free and not yet running.
  let claiming = false

  const freeStrays = createStrays(parts.sql, lease.owner, context.holding)
  let keptUp: Promise<void> = Promise.resolve()
  const upkeep = setInterval(
    () => {
      keptUp = keepUp(context, freeStrays, sleeper.wake).catch((error) => context.report(error, 'renewing the lease'))
    },
    Math.min((options.leaseSeconds * 1_000) / 4, UPKEEP_MS),
  )

  const loop = async (): Promise<void> => {
    while (!stopping) {
      const room = options.concurrency - running.size
      claiming = room > 0
      const taken = room > 0 ? await take(context, room) : []
      if (stopping) {
        await handBack(context, taken)
        break
      }
      for (const work of taken) {
        const task = perform(context, work).finally(() => {
          running.delete(task)
          sleeper.wake()
        })
        running.add(task)
      }
      claiming = false
      if (taken.length === room && room > 0) continue
      await sleeper.sleep(room > 0 ? await pause(context, options.pollMs) : options.pollMs)
    }
  }
  const ended = loop().catch((error: unknown) => {
    clearInterval(upkeep)
    throw error
  })

  return {
    id: lease.owner,
    nudge: sleeper.wake,
    ended,
    async idle() {
      for (;;) {
        await Promise.all(running)
        const due = await nextDue(parts.sql)
        if (running.size === 0 && !claiming && (due === null || due > parts.clock.now())) return
        sleeper.wake()
        await new Promise((resolve) => setImmediate(resolve))
      }
    },
    async stop(hurry) {
      stopping = true
      sleeper.wake()
      await ended
      await Promise.race([Promise.all(running), after(options.drainMs, hurry)])
      const brokenOff = running.size
      stopped.abort(new Error('the worker stops'))
      await Promise.race([Promise.all(running), after(BREAK_OFF_MS)])
      // Until here, because what drains is still held.
      clearInterval(upkeep)
      await keptUp
      await lease.release()
      parts.notifier.wake()
      await parts.notifier.flush()
      return brokenOff
    },
  }
}

/** Claims, and survives a database that is away: nothing is lost, so it just tries again. */
async function take({ parts, lease, report }: WorkerContext, room: number): Promise<ClaimedWork[]> {
  if (!lease.held()) return []
  try {
    return await claim(parts.sql, lease.owner, parts.clock.now(), room)
  } catch (error) {
    report(error, 'claiming work')
    return []
  }
}

/** Frees what a claim took whose answer came after the worker was told to stop. */
async function handBack({ parts, lease, report }: WorkerContext, taken: readonly ClaimedWork[]): Promise<void> {
  try {
    for (const work of taken) await giveBack(parts.sql, work, lease.owner)
    if (taken.length > 0) parts.notifier.wake()
  } catch (error) {
    report(error, 'giving back what was just claimed')
  }
}

async function pause({ parts, report }: WorkerContext, pollMs: number): Promise<number> {
  try {
    const due = await nextDue(parts.sql)
    return due === null ? pollMs : Math.min(pollMs, Math.max(0, due.getTime() - parts.clock.now().getTime()))
  } catch (error) {
    report(error, 'looking for work')
    return pollMs
  }
}

/** How each kind of work is done. */
const PERFORM: { readonly [K in ClaimedWork['kind']]: (context: WorkerContext, work: ClaimedWork) => Promise<void> } = {
  step: async (context, work) => {
    const { id, fence, run_id } = work
    if (run_id !== null) await runStep(context, { id, fence, run_id, payload: stepPayload(work) })
  },
  timer: runTimer,
  message: runMessage,
  call: startChild,
  hang_up: cancelChild,
  return: returnToCaller,
  admit: admitQueued,
}

async function perform(context: WorkerContext, work: ClaimedWork): Promise<void> {
  context.holding.set(work.id, work.id)
  try {
    await PERFORM[work.kind](context, work)
  } catch (error) {
    context.report(error, `work ${work.id}`)
    // Freed at once where that is possible; else it is a stray.
    await context.parts.sql`
      update work set owner = null, tries = tries + 1, due = ${plus(context.parts.clock.now().toISOString(), 1_000)}, last_error = ${String(error)}
      where id = ${work.id} and fence = ${work.fence} and owner = ${context.lease.owner}`.catch((again) =>
      context.report(again, `giving back work ${work.id}`),
    )
  } finally {
    context.holding.delete(work.id)
  }
}

async function keepUp(
  { parts, lease }: WorkerContext,
  freeStrays: () => Promise<number>,
  wake: () => void,
): Promise<void> {
  await lease.renew()
  if ((await sweep(parts.sql)) + (await freeStrays()) > 0) wake()
}

function after(ms: number, orWhen?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, orWhen?.aborted ? 0 : ms).unref()
    orWhen?.addEventListener('abort', () => resolve(), { once: true })
  })
}

interface Sleeper {
  sleep(ms: number): Promise<void>
  wake(): void
}

/** A sleep that a hint ends, also one that came just before it began. */
function createSleeper(): Sleeper {
  let woken = false
  let end: (() => void) | null = null
  return {
    wake() {
      woken = true
      end?.()
    },
    async sleep(ms) {
      if (!woken) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms)
          end = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
      end = null
      woken = false
    },
  }
}
