import { isJsonObject, type Json } from '#lib/json.ts'

/** A key as a label: `word_count` reads "Word count"; what an author wrote as words stays as it is. */
export function labelOf(key: string): string {
  if (!/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(key)) return key
  const words = key.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

export type Shape =
  | { readonly kind: 'empty' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'atom'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'table'; readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] }
  | { readonly kind: 'tree' }

const MAX_COLUMNS = 6

/** How a value is laid out for reading. Whatever has no plainer form is shown as the tree it is. */
export function shapeOf(value: Json): Shape {
  if (value === null || value === '') return { kind: 'empty' }
  if (typeof value === 'string') return { kind: 'text', text: value }
  if (typeof value !== 'object') return { kind: 'atom', text: atom(value) }
  if (!Array.isArray(value)) return { kind: 'tree' }
  if (value.length === 0) return { kind: 'empty' }
  if (value.every(isAtom)) return { kind: 'list', items: value.map(atom) }
  return table(value) ?? { kind: 'tree' }
}

/** The value as one text, for comparing it with an earlier one. */
export function plainText(value: Json | undefined): string {
  if (value === undefined || value === null) return ''
  const shape = shapeOf(value)
  if (shape.kind === 'text' || shape.kind === 'atom') return shape.text
  return shape.kind === 'list' ? shape.items.join('\n') : JSON.stringify(value, null, 2)
}

function isAtom(value: Json): value is string | number | boolean | null {
  return typeof value !== 'object' || value === null
}

function atom(value: string | number | boolean | null): string {
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  return value === null ? '' : String(value)
}

/** Rows that have the same few columns, none of them nested. */
function table(items: readonly Json[]): Shape | null {
  const [first] = items
  if (items.length < 2 || first === undefined || !isJsonObject(first)) return null
  const columns = Object.keys(first)
  if (columns.length === 0 || columns.length > MAX_COLUMNS) return null
  const rows: string[][] = []
  for (const item of items) {
    if (!isJsonObject(item) || Object.keys(item).length !== columns.length) return null
    const row: string[] = []
    for (const column of columns) {
      const value = Object.hasOwn(item, column) ? item[column] : undefined
      if (value === undefined || !isAtom(value)) return null
      row.push(atom(value))
    }
    rows.push(row)
  }
  return { kind: 'table', columns, rows }
}
