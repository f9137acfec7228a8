import { type Document, isMap, isScalar, isSeq, type Node, type YAMLMap } from 'yaml'
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
  /** How many steps it stands inside. */
  readonly depth: number
  /** The branch that begins with it; null for all others. */
  readonly branch: string | null
}

/** The steps of a text in their order, each before those inside it. A text that is not valid (yet) answers with those that can be told apart. */
export function workflowOutline(
  text: string,
  document: Document.Parsed | null = parseText(text).document,
): readonly OutlineStep[] {
  const contents = document?.contents
  if (!isMap(contents)) return []
  return stepsIn({ branch: null, steps: contents.get('steps', true) }, 0, text, createPositions(text))
}

interface StepList {
  readonly branch: string | null
  readonly steps: unknown
}

function stepsIn(
  { branch, steps }: StepList,
  depth: number,
  text: string,
  positions: ReturnType<typeof createPositions>,
): readonly OutlineStep[] {
  if (!isSeq(steps)) return []
  return steps.items.flatMap((item, i) => {
    if (!isMap(item) || !item.range) return []
    const inner = listsInside(item).flatMap((list) => stepsIn(list, depth + 1, text, positions))
    const id = textOf(item.get('id', true))
    if (id === null || id.trim() === '') return inner
    const [from, to] = item.range
    const end = from + text.slice(from, to).trimEnd().length
    const { line, endLine } = positions(from, end)
    const type = textOf(item.get('type', true)) ?? ''
    const step = {
      id,
      type,
      name: textOf(item.get('name', true)),
      line,
      endLine,
      depth,
      branch: i === 0 ? branch : null,
    }
    return [step, ...inner]
  })
}

/** What may hold steps inside a step: its branches, and its list of steps, on itself or under `config`. */
function listsInside(step: YAMLMap): readonly StepList[] {
  return [step, step.get('config', true)].flatMap((holder): readonly StepList[] => {
    if (!isMap<Node, Node>(holder)) return []
    const branches = holder.get('branches', true)
    return [
      ...(isMap<Node, Node>(branches)
        ? branches.items.map(({ key, value }) => ({ branch: textOf(key), steps: value }))
        : []),
      { branch: null, steps: holder.get('steps', true) },
    ]
  })
}

function textOf(node: Node | undefined): string | null {
  return isScalar(node) && (typeof node.value === 'string' || typeof node.value === 'number')
    ? String(node.value)
    : null
}
