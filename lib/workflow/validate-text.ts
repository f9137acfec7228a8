import { isJsonObject, type Json } from '../json.ts'
import { visibleParts } from '../visible-text.ts'
import type { SourcePath } from './diagnostics.ts'
import type { Reporter } from './normalise-report.ts'
import type { SourceText } from './parse.ts'

/** Characters that nobody sees can make a text look like another one: they are flagged wherever they stand. */
export function checkHiddenCharacters(source: SourceText, reporter: Reporter): void {
  const visit = (value: Json, path: SourcePath): void => {
    if (typeof value === 'string') {
      const found = firstHidden(value)
      if (!found) return
      const message = `This text has a character that cannot be seen, ${found.name}. Remove it unless it is meant.`
      reporter.warning('text.hidden_character', message, path, { range: source.within(path, found.at, 1) })
    } else if (Array.isArray(value)) {
      for (const [i, item] of value.entries()) visit(item, [...path, i])
    } else if (isJsonObject(value)) {
      for (const [key, item] of Object.entries(value)) {
        const found = firstHidden(key)
        const message = `This key has a character that cannot be seen, ${found?.name}. Remove it.`
        if (found)
          reporter.warning('text.hidden_character', message, [...path, key], {
            range: source.locate([...path, key], 'key'),
          })
        visit(item, [...path, key])
      }
    }
  }
  visit(source.value, [])
}

function firstHidden(text: string): { readonly name: string; readonly at: number } | null {
  const parts = visibleParts(text)
  const index = parts.findIndex((part) => part.hidden)
  const found = parts[index]
  if (!found) return null
  return { name: found.text, at: parts.slice(0, index).reduce((sum, part) => sum + part.text.length, 0) }
}
