import type { StepCatalog } from '../catalog.ts'
import type { CompletionItem } from './completion-item.ts'
import type { Place } from './place.ts'

/** A whole step of each type to begin with: the example of its reference. */
export function completeSteps(place: Place, catalog: StepCatalog): readonly CompletionItem[] {
  const word = /\w*$/.exec(place.before)?.[0] ?? ''
  if (place.before.trim() !== word) return []
  const range = place.range(place.offset - word.length, place.offset)
  // An editor indents further lines like the line itself; behind the dash they stand deeper.
  const { text } = place.source
  const line = text.slice(text.lastIndexOf('\n', place.offset - 1) + 1, place.offset - word.length)
  const deeper = ' '.repeat(line.length - (/^ */.exec(line)?.[0].length ?? 0))
  return catalog.list().map(({ type, label, summary, example }) => ({
    label: `${type} step`,
    kind: 'snippet',
    detail: label,
    docs: `${summary}\n\n\`\`\`yaml\n${example}\`\`\``,
    insert: example.trimEnd().replaceAll('\n', `\n${deeper}`),
    range,
  }))
}
