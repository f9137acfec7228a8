/** One figure of the benchmark, as `--json` prints it. */
export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
  /** The same done without us, by a plain script or a library, in the same unit; null where there is nothing to compare. */
  readonly baseline: number | null
  readonly ratio: number | null
  /** Milliseconds of what the case says is timed; null where nothing is. */
  readonly p50: number | null
  readonly p95: number | null
  readonly p99: number | null
}

/** A figure with what only the table tells. */
export interface BenchCase extends Figure {
  /** How it was measured, and what its milliseconds are of. */
  readonly note: string
}

/** Puts a case together: the ratio and the percentiles follow from what was measured. */
export function benchCase(of: {
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly baseline: number | null
  /** Milliseconds, in any order. */
  readonly times?: readonly number[]
  readonly note: string
}): BenchCase {
  const { name, value, unit, baseline, times = [], note } = of
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number) => (sorted.length === 0 ? null : round(percentile(sorted, share)))
  return {
    name,
    value: round(value),
    unit,
    baseline: baseline === null ? null : round(baseline),
    ratio: baseline === null || baseline === 0 ? null : round(value / baseline),
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    note,
  }
}

/** The smallest value that at least this share of all are not above; 0 of none. */
export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0
}

export function median(values: readonly number[]): number {
  return percentile(
    values.toSorted((a, b) => a - b),
    0.5,
  )
}

/** Three digits that matter. */
export function round(value: number): number {
  return Number(value.toPrecision(3))
}
