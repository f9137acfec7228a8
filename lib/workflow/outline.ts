import { type Document, isMap, isScalar, isSeq, type Node } from 'yaml'
import { parseText } from './parse.ts'
import { createPositions } from './positions.ts'

/** A step as it stands in the text, from its first to its last line (both counted from 1). */
export interface OutlineStep {
  readonly id: string
  /** As it is written; empty where it is missing. */
  readonly type: string
  readonly name: string | null
  readonly line: number
  readonly endLine: number
}

/** The steps of a text in their order. A text that is not valid (yet) answers with those that can be told apart. */
export function workflowOutline(
  text: string,
  document: Document.Parsed | null = parseText(text).document,
): readonly OutlineStep[] {
  const contents = document?.contents
  const steps = isMap(contents) ? contents.get('steps', true) : undefined
  if (!isSeq(steps)) return []
  const positions = createPositions(text)
  return steps.items.flatMap((item) => {
    if (!isMap(item) || !item.range) return []
    const id = textOf(item.get('id', true))
    if (id === null || id.trim() === '') return []
    const [from, to] = item.range
    const end = from + text.slice(from, to).trimEnd().length
    const { line, endLine } = positions(from, end)
    return [{ id, type: textOf(item.get('type', true)) ?? '', name: textOf(item.get('name', true)), line, endLine }]
  })
}

function textOf(node: Node | undefined): string | null {
  return isScalar(node) && (typeof node.value === 'string' || typeof node.value === 'number')
    ? String(node.value)
    : null
}
