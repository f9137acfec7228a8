import type { SourcePath } from '../diagnostics.ts'
import { parseExpression } from '../expressions/parse.ts'
import type { CompletionItem, CompletionKind } from './completion-item.ts'
import type { ExpressionAt } from './expression-at.ts'
import { AFTER_BAR, AFTER_IS, CHECKS, FUNCTIONS, inText } from './expression-at.ts'
import { attempt, withOwnNames } from './locals.ts'
import { describe, type Meaning, type Names } from './meaning.ts'
import { operandStart } from './operand.ts'
import type { Place } from './place.ts'
import { meaningOfNode } from './read-node.ts'

/** What may be read, called or asked at the cursor of an expression. */
export function completeExpression(
  at: ExpressionAt,
  place: Place,
  namesAt: (path: SourcePath) => Names,
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

  const word = /\w*$/.exec(before)?.[0] ?? ''
  const names = withOwnNames(namesAt(place.path), place.before, at)
  const variable = (one: Meaning) => item(one.name, 'variable', describe(one), word)
  const head = before.slice(0, before.length - word.length).trimEnd()
  if (head.endsWith('.')) {
    const end = head.slice(0, -1).trimEnd().length
    const owner = head.slice(operandStart(head, end), end)
    const found = attempt(() => meaningOfNode(parseExpression(owner), names))
    return sorted(found?.members() ?? []).map((one) => readable(one, variable(one), place, word))
  }
  // A value does not follow a value, and a number goes on as a number.
  if (/^\d/.test(word) || (/[\w)\]'"]$/.test(head) && !/\b(?:and|or|not|in|if|elif|else)$/.test(head))) return []
  return [
    ...sorted(names.all()).map(variable),
    ...FUNCTIONS.map(([name, { signature, summary, max }]) =>
      item(name, 'function', summary, word, {
        docs: code(signature),
        insert: max === 0 ? `${name}()` : `${name}($0)`,
        snippet: max > 0,
      }),
    ),
  ]
}

/** What is there on every way comes before what is there on some. */
function sorted(all: readonly Meaning[]): readonly Meaning[] {
  return all.toSorted((a, b) => Number(a.partly) - Number(b.partly))
}

/** A hyphen would subtract: such a step is reached in brackets, so the dot before it goes. */
function readable({ name }: Meaning, item: CompletionItem, place: Place, word: string): CompletionItem {
  if (/^[A-Za-z_]\w*$/.test(name)) return item
  return { ...item, insert: `['${name}']`, filter: `.${name}`, range: wordRange(place, `.${word}`) }
}

function wordRange(place: Place, word: string): CompletionItem['range'] {
  const rest = /^\w*/.exec(place.after)?.[0] ?? ''
  return place.range(place.offset - word.length, place.offset + rest.length)
}

function code(text: string): string {
  return `\`${text}\``
}
