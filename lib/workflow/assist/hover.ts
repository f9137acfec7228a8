import type { StepCatalog } from '../catalog.ts'
import type { Range } from '../positions.ts'

export interface HoverText extends Range {
  /** Paragraphs of Markdown. */
  readonly docs: readonly string[]
}

export function hover(_text: string, _line: number, _column: number, _catalog: StepCatalog): HoverText | null {
  return null
}
