import { compileExpression } from '#lib/workflow/expressions/compile.ts'
import { evaluateExpression } from '#lib/workflow/expressions/evaluate.ts'
import type { Scope } from '#lib/workflow/scope.ts'
import { benchCase, median } from '../bench-case.ts'
import type { Measure } from '../kit/bench.ts'

const SOURCE = 'runtime.score > 80 and len(runtime.tags) > 0'
const DATA = 64
const ROUNDS = 9
const TIMES = 1_000_000
/** The closure is so fast that only many of it can be timed. */
const PLAIN_TIMES = 20_000_000

interface Data {
  readonly score: number
  readonly tags: readonly string[]
}

/** A condition as workflows have it, read once and evaluated with ever other data, beside the same as a JavaScript function. */
export const expressionsCase: Measure = async () => {
  const data = Array.from({ length: DATA }, (_, i): Data => ({ score: 49 + i, tags: i % 4 === 0 ? [] : ['a', 'b'] }))
  const scopes = data.map((runtime): Scope => ({ roots: { runtime: { ...runtime } }, now: '2026-01-01T00:00:00.000Z' }))
  const compiled = compileExpression(SOURCE)
  const plain = ({ score, tags }: Data) => score > 80 && tags.length > 0
  const asked = rounds(scopes, TIMES, compiled)
  const sourced = rounds(scopes, TIMES, (scope) => evaluateExpression(SOURCE, scope))
  const baseline = rounds(data, PLAIN_TIMES, plain)
  const unit = 'evaluations/s of CPU'
  return [
    benchCase({
      name: 'expressions',
      value: asked,
      unit,
      baseline,
      note: `${SOURCE}, compiled once; baseline: the same as a closure`,
    }),
    benchCase({
      name: 'expressions by source',
      value: sourced,
      unit,
      baseline,
      note: 'the same, each time asked for by its source',
    }),
  ]
}

/**
 * How often a second of one core: counted in processor time, so that what else the machine does is left out. The median
 * of some rounds, after one to warm up.
 */
function rounds<T>(all: readonly T[], times: number, work: (one: T) => unknown): number {
  const expected = all.filter((one) => work(one) === true).length * Math.floor(times / all.length)
  const rates = Array.from({ length: ROUNDS + 1 }, () => {
    const before = process.cpuUsage()
    let held = 0
    for (let i = 0; i < Math.floor(times / all.length); i++) {
      for (const one of all) if (work(one) === true) held++
    }
    const { user, system } = process.cpuUsage(before)
    if (held !== expected) throw new Error('The expression does not mean what the closure does.')
    return (times * 1e6) / (user + system)
  })
  return median(rates.slice(1))
}
