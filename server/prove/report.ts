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
