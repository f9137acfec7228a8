import { randomInt } from 'node:crypto'
import { soundness } from '#lib/testing/soundness/soundness.ts'
import type { ProofReport } from './report.ts'

/** How many accepted workflows, how often each is played, and how often a refused one is tried. */
const SHORT = { accepted: 300, runs: 3, tries: 4 } as const
const LONG = { accepted: 5_200, runs: 3, tries: 2 } as const

/** An accepted workflow does not fail for a reason that was to be found: random ones with random data on random ways. */
export async function types({
  long,
  seed,
}: {
  readonly long: boolean
  readonly seed: number | null
}): Promise<ProofReport> {
  const first = seed ?? randomInt(1e9)
  const { unsound, ends, refused, ...count } = await soundness({ seed: first, ...(long ? LONG : SHORT) })
  const refusals = Object.fromEntries(Object.entries(refused).map(([code, n]) => [`refused: ${code}`, n]))
  const figures = {
    'first seed': first,
    ...count,
    'share accepted': percent(count.accepted, count.made),
    ...ends,
    ...refusals,
    'refused and seen to fail': percent(count.failing, count.doubted),
  }
  const broken = unsound.map(({ seed: own, failures, text }) => `seed ${own}: ${failures.join('; ')}\n${text}`)
  return { figures, broken }
}

function percent(part: number, whole: number): string {
  return `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`
}
