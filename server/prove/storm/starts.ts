import { setTimeout as pause } from 'node:timers/promises'
import type { Engine, StartInput } from '#server/engine/port.ts'
import { beginNumbered } from '../setting.ts'

/** A start that was not answered by then was not accepted, whatever becomes of it. */
const PATIENCE_MS = 5_000

/** The driver's own record of what it was promised. */
export interface Starts {
  readonly offered: number
  /** Answered at the first try and in time. */
  readonly accepted: number
  readonly retried: number
  /** Run by number. */
  readonly acknowledged: ReadonlyMap<number, string>
}

/** Offers starts at a rate, whatever becomes of the earlier ones; one that is refused is offered again under its key. */
export async function offerStarts(
  engine: Engine,
  workflow: StartInput,
  { runs, overMs }: { readonly runs: number; readonly overMs: number },
): Promise<Starts> {
  const acknowledged = new Map<number, string>()
  const began = performance.now()
  let accepted = 0
  let retried = 0
  const offer = async (n: number): Promise<void> => {
    const due = began + (overMs / runs) * (n - 1)
    await pause(Math.max(0, due - performance.now()))
    for (let first = true; ; first = false) {
      try {
        const run_id = await beginNumbered(engine, workflow, n)
        if (first && performance.now() - due <= PATIENCE_MS) accepted++
        acknowledged.set(n, run_id)
        return
      } catch (error) {
        if (performance.now() - due > 60_000) throw error
        retried++
        await pause(500)
      }
    }
  }
  await Promise.all(Array.from({ length: runs }, (_, i) => offer(i + 1)))
  return { offered: runs, accepted, retried, acknowledged }
}
