import { Worker } from 'node:worker_threads'
import type { ModelOptions } from '../model/model.ts'
import { findings, type ProofReport } from '../report.ts'
import { drawInput, type PortionResult } from './portion.ts'

const LONG = 1_000_000
const SHORT = 2_000
/** One thread, fresh for each, takes so many: what leaks between inputs stays small, and progress can be told. */
const PORTION = 25_000
/** A thread that is so long at one input hangs, however busy the machine is. */
const STUCK_MS = 60_000

/**
 * Puts generated input into everything that reads input from outside. What was found is repeated by its seed and number:
 * `--seed 7 --path 4711-4712`; so is a long run cut into stretches: `--path 200000-400000`.
 */
export async function fuzz({ long, seed, path }: ModelOptions): Promise<ProofReport> {
  const [from, to] = rangeOf(path) ?? [0, long ? LONG : SHORT]
  const first = seed ?? Math.floor(Date.now() / 1_000)
  const found = findings()
  const figures: Record<string, number | string> = { seed: first, from, to, crashes: 0, hangs: 0, 'slowest, ms': 0 }
  const add = (name: string, more: number) => {
    figures[name] = Number(figures[name] ?? 0) + more
  }
  for (let at = from; at < to; at += PORTION) {
    const portion = await inThread(first, at, Math.min(to, at + PORTION))
    for (const [name, many] of Object.entries(portion.inputs)) add(`inputs: ${name}`, many)
    for (const [name, many] of Object.entries(portion.accepted)) add(`accepted: ${name}`, many)
    add('crashes', portion.crashes.length)
    add('hangs', portion.hangs.length)
    figures['slowest, ms'] = Math.round(Math.max(Number(figures['slowest, ms']), portion.slowestMs))
    for (const { target, index, what, input } of [...portion.crashes, ...portion.hangs]) {
      found.expect(false, `${target} --seed ${first} --path ${index}-${index + 1}: ${what}\n  ${input}`)
    }
    if (long) console.log(`${Math.min(to, at + PORTION)}: ${figures.crashes} crashes, ${figures.hangs} hangs`)
  }
  return { figures, broken: found.broken }
}

function rangeOf(path: string | null): readonly [number, number] | null {
  const found = /^(\d+)-(\d+)$/.exec(path ?? '')
  return found && [Number(found[1]), Number(found[2])]
}

/** What one thread is asked for. `at` shows which input it is at. */
export interface PortionTask {
  readonly seed: number
  readonly from: number
  readonly to: number
  readonly at: Int32Array<SharedArrayBuffer>
}

/** A thread that is stuck is ended: the rest of its portion is not looked at, and the proof does not hold. */
async function inThread(seed: number, from: number, to: number): Promise<PortionResult> {
  const at = new Int32Array(new SharedArrayBuffer(4))
  at[0] = from
  const task: PortionTask = { seed, from, to, at }
  const worker = new Worker(new URL('./portion-thread.ts', import.meta.url), { workerData: task })
  const done = new Promise<PortionResult>((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
  })
  const stuck = Promise.withResolvers<'stuck'>()
  let seen = { index: -1, since: performance.now() }
  const watch = setInterval(() => {
    const index = at[0] ?? from
    if (index !== seen.index) seen = { index, since: performance.now() }
    else if (performance.now() - seen.since > STUCK_MS) stuck.resolve('stuck')
  }, 1_000)
  try {
    const outcome = await Promise.race([done, stuck.promise])
    if (outcome !== 'stuck') return outcome
    const { index } = seen
    const { target, input } = drawInput(seed, index)
    const hang = { target: target.name, index, what: 'never ends', input: JSON.stringify(input).slice(0, 400) }
    await worker.terminate()
    return { inputs: {}, accepted: {}, slowestMs: STUCK_MS, crashes: [], hangs: [hang] }
  } finally {
    clearInterval(watch)
    await worker.terminate()
  }
}
