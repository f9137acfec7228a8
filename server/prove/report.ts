/** What a proof measured, and each way in which it did not hold. */
export interface ProofReport {
  readonly figures: { readonly [name: string]: number | string }
  readonly broken: readonly string[]
}

/** Collects what does not hold, so that one run tells all of it. */
export interface Findings {
  readonly broken: string[]
  expect(holds: boolean, otherwise: string): void
}

export function findings(): Findings {
  const broken: string[] = []
  return {
    broken,
    expect(holds, otherwise) {
      if (!holds) broken.push(otherwise)
    },
  }
}

/** How much of what was offered must have been accepted for a proof to say anything. */
const ACCEPTED_LEAST = 0.95

/** How many of the offered starts were accepted, as a figure: a proof to which little was offered proves nothing. */
export function acceptedOf(offered: number, accepted: number, { expect }: Findings): string {
  const percent = `${((100 * accepted) / offered).toFixed(1)} %`
  expect(
    accepted / offered >= ACCEPTED_LEAST,
    `the proof is invalid: ${percent} of the offered starts were accepted, ${100 * ACCEPTED_LEAST} % are needed`,
  )
  return `${accepted} (${percent})`
}

/** The smallest value that at least this share of all are not above; 0 of none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0
}
