import { setTimeout as pause } from 'node:timers/promises'
import type { StartInput } from '#server/engine/port.ts'
import { atPort, byRest, type Door } from './doors.ts'
import { followStream } from './stream.ts'

/** What a client process is told to begin with; anything it hears after that means that it is enough. */
export interface ClientOrder {
  readonly workflow: StartInput
  /** Of so many clients this one; numbers of runs do not overlap. */
  readonly clients: number
  readonly index: number
  readonly everyMs: number
  /** By REST, through these; null: at the engine's port. */
  readonly rest: { readonly urls: readonly string[]; readonly key: string } | null
}

/** A client's own record. */
export interface ClientReport {
  readonly offered: number
  /** Acknowledged in time. */
  readonly accepted: number
  /** Runs by number. */
  readonly acknowledged: readonly (readonly [n: number, run_id: string])[]
  readonly answered: number
  /** Requests that went to another web process, because one did not answer. */
  readonly elsewhere: number
  /** By REST: how often its stream of events went on at another web process, and ends of its runs that it did not bring. */
  readonly stream: { readonly reopened: number; readonly missed: number } | null
  /** What went wrong for good, e.g. a run that did not end. */
  readonly troubles: readonly string[]
}

/** An offer that was not acknowledged by then was not accepted, whatever becomes of it. */
const PATIENCE_MS = 5_000
/** How long after the last run's end its event may take. */
const EVENT_MS = 5_000
/** How long after its start a run may take until it is over. */
const RUN_MS = 180_000
const OVER: ReadonlySet<string> = new Set(['completed', 'failed', 'canceled'])

const url = process.argv[2]
if (!url) throw new Error('give the address of the database')
process.once('disconnect', () => process.exit())
process.once('message', (order: ClientOrder) => {
  work(order).then((report) => process.send?.(report))
})
process.send?.('ready')

/** Offers starts at its rate until it is enough, answers what the runs ask, and follows each to its end. */
async function work({ workflow, clients, index, everyMs, rest }: ClientOrder): Promise<ClientReport> {
  const report = { offered: 0, accepted: 0, answered: 0, elsewhere: 0 }
  const acknowledged: [number, string][] = []
  const troubles: string[] = []
  const door: Door = rest
    ? byRest(rest.urls, rest.key, workflow.workflow_id, index, () => report.elsewhere++)
    : atPort(url as string, workflow, (error) => void troubles.push(String(error)))
  const stream = rest && (await followStream(rest.urls, rest.key, index))
  let enough = false
  process.once('message', () => {
    enough = true
  })
  const journey = async (n: number, due: number): Promise<void> => {
    const run_id = await door.start(n)
    if (performance.now() - due <= PATIENCE_MS) report.accepted++
    acknowledged.push([n, run_id])
    while (performance.now() - due < RUN_MS) {
      const { status, ask } = await door.look(run_id)
      if (OVER.has(status)) return
      if (!ask) continue
      await door.answer(run_id, ask, n)
      report.answered++
    }
    throw new Error(`${run_id} is not over after ${RUN_MS / 1_000} s`)
  }
  const journeys: Promise<void>[] = []
  const began = performance.now()
  for (let i = 0; !enough; i++) {
    const due = began + i * everyMs
    await pause(Math.max(0, due - performance.now()))
    report.offered++
    journeys.push(journey(i * clients + index + 1, due).catch((error: unknown) => void troubles.push(String(error))))
  }
  await Promise.all(journeys)
  await door.close()
  const missed = () => acknowledged.filter(([, run_id]) => !stream?.ended.has(run_id)).length
  const deadline = performance.now() + EVENT_MS
  while (stream && missed() > 0 && performance.now() < deadline) await pause(50)
  stream?.stop()
  return {
    ...report,
    acknowledged,
    troubles,
    stream: stream && { reopened: stream.reopened(), missed: missed() },
  }
}
