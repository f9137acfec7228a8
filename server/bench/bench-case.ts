/** One figure of the benchmark. */
export interface BenchCase {
  readonly name: string
  readonly value: number
  readonly unit: string
  /** The least of the work done without us (by a plain script, by a library), in the same unit. */
  readonly baseline: number
  readonly ratio: number
  /** Milliseconds of one alone. */
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly note: string
}

export function percentile(sorted: readonly number[], share: number): number {
  return round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0)
}

/** Three digits that matter. */
export function round(value: number): number {
  return Number(value.toPrecision(3))
}
