/** A workflow to begin from. */
export interface Blueprint {
  /** Stands in addresses. */
  readonly id: string
  readonly title: string
  /** What it does, in a sentence. */
  readonly summary: string
  /** Types of its steps, in order. */
  readonly steps: readonly string[]
  readonly yaml: string
}
