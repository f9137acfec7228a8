import type { StepCatalog } from '../catalog.ts'
import type { KnownSettings } from '../validate-settings.ts'
import type { CompletionItem } from './completion-item.ts'

export function complete(
  _text: string,
  _line: number,
  _column: number,
  _catalog: StepCatalog,
  _known: KnownSettings = {},
): readonly CompletionItem[] {
  return []
}
