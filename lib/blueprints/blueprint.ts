export const BLUEPRINT_CATEGORIES = ['Customers', 'Content', 'Money', 'Team', 'Operations'] as const
export type BlueprintCategory = (typeof BLUEPRINT_CATEGORIES)[number]

/** A workflow to begin from. */
export interface Blueprint {
  /** Stands in addresses. */
  readonly id: string
  readonly title: string
  /** What it does, in a sentence or two. */
  readonly summary: string
  readonly category: BlueprintCategory
  /** As in the workflow itself, for searching. */
  readonly tags: readonly string[]
  /** What one learns of the language from it. */
  readonly learn: string
  /** Secrets that have to be set first, because it calls another system; empty: it runs as it is. */
  readonly needs: readonly string[]
  /** Types of its steps, in order. */
  readonly steps: readonly string[]
  readonly yaml: string
}
