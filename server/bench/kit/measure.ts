import { median } from '../bench-case.ts'

/** Does the work so often in all, so many at a time. */
export async function many(total: number, at_once: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0
  await Promise.all(
    Array.from({ length: Math.min(total, at_once) }, async () => {
      while (next < total) await work(next++)
    }),
  )
}

/** Milliseconds that it took. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

/** Rounds of two that are compared, each first as often as the other, so that what else the machine does falls on both. */
export async function paired(
  rounds: number,
  ours: () => Promise<number>,
  plain: () => Promise<number>,
): Promise<{ readonly value: number; readonly baseline: number }> {
  const values: number[] = []
  const baselines: number[] = []
  const sides = [async () => values.push(await ours()), async () => baselines.push(await plain())]
  for (let i = 0; i < rounds; i++) {
    for (const side of i % 2 === 0 ? sides : sides.toReversed()) await side()
  }
  return { value: median(values), baseline: median(baselines) }
}

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
