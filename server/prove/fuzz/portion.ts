import type { Json } from '#lib/json.ts'
import { createRandom, type Random, seedOf } from '#lib/mock-ai/random.ts'
import { TARGETS, type Target } from './targets.ts'

/** One input may take so long of a processor, in ms. */
export const PATIENCE_MS = 250

/** What came of some inputs. The i-th input of a seed is the same on every machine, whatever else is asked. */
export interface PortionResult {
  readonly inputs: Record<string, number>
  readonly accepted: Record<string, number>
  /** Of all inputs, by the clock: on a busy machine also what others took. */
  slowestMs: number
  readonly crashes: Trouble[]
  readonly hangs: Trouble[]
}

export interface Trouble {
  readonly target: string
  readonly index: number
  readonly what: string
  readonly input: string
}

export interface Drawn {
  readonly target: Target
  readonly input: Json
  readonly random: Random
}

export function drawInput(seed: number, index: number, only?: string): Drawn {
  const random = createRandom(seedOf('fuzz', seed, index))
  const target = TARGETS.find(({ name }) => name === only) ?? targetAt(random.int(0, 99))
  return { target, input: target.draw(random), random }
}

function targetAt(percent: number): Target {
  let upTo = 0
  for (const target of TARGETS) {
    upTo += target.share
    if (percent < upTo) return target
  }
  throw new Error('The shares of the targets are not a hundred.')
}

/** Puts the inputs from `from` up to, not including, `to` in; `at` hears of each before it is run. */
export function fuzzPortion(
  range: { readonly seed: number; readonly from: number; readonly to: number; readonly only?: string },
  at: (index: number) => void = () => {},
): PortionResult {
  const result: PortionResult = { inputs: {}, accepted: {}, slowestMs: 0, crashes: [], hangs: [] }
  for (let index = range.from; index < range.to; index++) {
    at(index)
    const { target, input, random } = drawInput(range.seed, index, range.only)
    const { name } = target
    result.inputs[name] = (result.inputs[name] ?? 0) + 1
    const trouble = (what: string): Trouble => ({ target: name, index, what, input: shown(input) })
    const began = performance.now()
    try {
      if (target.run(input, random)) result.accepted[name] = (result.accepted[name] ?? 0) + 1
    } catch (error) {
      result.crashes.push(trouble(error instanceof Error ? (error.stack ?? error.message) : String(error)))
    }
    const took = performance.now() - began
    result.slowestMs = Math.max(result.slowestMs, took)
    if (took > PATIENCE_MS) {
      const needs = leastCost(range.seed, index, range.only)
      if (needs > PATIENCE_MS) result.hangs.push(trouble(`takes ${Math.round(needs)} ms`))
    }
  }
  const polluted = Object.keys(Object.prototype)
  if (polluted.length > 0) throw new Error(`Object.prototype has ${polluted.join(', ')}`)
  return result
}

/** Processor time of this thread, the least of five: how busy the machine is does not count. */
function leastCost(seed: number, index: number, only?: string): number {
  const costs = Array.from({ length: 5 }, () => {
    const { target, input, random } = drawInput(seed, index, only)
    const before = process.threadCpuUsage()
    try {
      target.run(input, random)
    } catch {
      // Told as a crash already.
    }
    const { user, system } = process.threadCpuUsage(before)
    return (user + system) / 1_000
  })
  return Math.min(...costs)
}

/** Enough to see what it is; the index draws all of it again. */
function shown(input: Json): string {
  const text = JSON.stringify(input)
  return text.length > 400 ? `${text.slice(0, 300)}… (${text.length} characters)` : text
}
