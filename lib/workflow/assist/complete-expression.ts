import type { KnownSettings } from '../validate-settings.ts'
import type { CompletionItem, CompletionKind } from './completion-item.ts'
import type { ExpressionAt } from './expression-at.ts'
import { AFTER_BAR, AFTER_IS, CHECKS, FUNCTIONS, inText, memberBefore } from './expression-at.ts'
import type { Facts } from './facts.ts'
import { describe, membersAt, namesAt, type ReadableName } from './names.ts'
import type { Place } from './place.ts'

/** What may be read, called or asked at the cursor of an expression. */
export function completeExpression(
  at: ExpressionAt,
  place: Place,
  facts: Facts | null,
  known: KnownSettings,
): readonly CompletionItem[] {
  const { before } = at
  if (inText(before)) return []
  const item = (
    label: string,
    kind: CompletionKind,
    detail: string,
    word: string,
    more: Partial<CompletionItem> = {},
  ): CompletionItem => ({ label, kind, detail, insert: label, range: wordRange(place, word), ...more })

  const bar = AFTER_BAR.exec(before)
  if (bar && !/\|\|\s*\w*$/.test(before)) {
    return FUNCTIONS.map(([name, { signature, summary }]) =>
      item(name, 'function', summary, bar[1] ?? '', { docs: code(signature) }),
    )
  }
  const is = AFTER_IS.exec(before)
  if (is)
    return CHECKS.map(([name, { summary, signature }]) =>
      item(name, 'function', summary, is[1] ?? '', { docs: code(signature) }),
    )

  const member = memberBefore(before)
  if (member) {
    const found = facts === null ? [] : membersAt(facts, place.path, member.path, known)
    return found.map((name) =>
      readable(name, item(name.name, 'variable', describe(name), member.word), place, member.word),
    )
  }
  if (/[\w.\])]\s*\.\w*$|\d\w*$/.test(before)) return []
  const word = /\w*$/.exec(before)?.[0] ?? ''
  const names = facts === null ? [] : namesAt(facts, place.path)
  return [
    ...names.map((name) => item(name.name, 'variable', describe(name), word)),
    ...FUNCTIONS.map(([name, { signature, summary, max }]) =>
      item(name, 'function', summary, word, {
        docs: code(signature),
        insert: max === 0 ? `${name}()` : `${name}($0)`,
        snippet: max > 0,
      }),
    ),
  ]
}

/** A hyphen would subtract: such a step is reached in brackets, so the dot before it goes. */
function readable({ name }: ReadableName, item: CompletionItem, place: Place, word: string): CompletionItem {
  if (/^\w+$/.test(name)) return item
  return { ...item, insert: `['${name}']`, filter: `.${name}`, range: wordRange(place, `.${word}`) }
}

function wordRange(place: Place, word: string): CompletionItem['range'] {
  const rest = /^\w*/.exec(place.after)?.[0] ?? ''
  return place.range(place.offset - word.length, place.offset + rest.length)
}

function code(text: string): string {
  return `\`${text}\``
}
