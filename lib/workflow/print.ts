import { Document, isMap, isScalar, isSeq, type Node } from 'yaml'
import { isJsonObject, type Json } from '../json.ts'
import { authoredWorkflow, type Style } from './authored.ts'
import type { StepCatalog } from './catalog.ts'
import type { WorkflowDefinition } from './definition.ts'

/** Small mappings, such as fields, stay on one line up to here. */
const LINE_WIDTH = 110
export const LAYOUT = { lineWidth: 0, flowCollectionPadding: false, blockQuote: 'literal' } as const
/** Parts of the workflow that stand apart from what is above them. */
const APART: ReadonlySet<unknown> = new Set(['inputs', 'static', 'limits', 'steps', 'outputs'])

/** A definition as YAML in the style asked for. Read again it comes to the same definition. */
export function printWorkflow(definition: WorkflowDefinition, catalog: StepCatalog, style: Style = 'short'): string {
  const authored = authoredWorkflow(definition, catalog, style)
  const doc = new Document(authored, { aliasDuplicateObjects: false })
  if (isMap(doc.contents)) {
    for (const { key, value } of doc.contents.items) {
      if (isScalar(key) && APART.has(key.value)) key.spaceBefore = true
      if (isScalar(key) && key.value === 'steps' && isSeq<Node>(value)) spread(value.items)
    }
  }
  layOut(doc.contents, authored, 'workflow')
  return doc.toString(LAYOUT)
}

/** A line between one step and the next. */
function spread(steps: readonly Node[]): void {
  for (const [i, step] of steps.entries()) step.spaceBefore = i > 0
}

/** What stands line by line, however small it is: a workflow or step, and what holds steps or parameters. */
type Within = 'workflow' | 'steps' | 'branches' | 'config' | null

/** Puts what is small and flat into braces, as people write fields and options. Steps themselves never are. */
export function layOut(node: unknown, value: Json | undefined, within: Within): void {
  if (isSeq(node) && Array.isArray(value)) {
    node.flow = within !== 'steps' && fitsLine(value) && !value.some((item: Json) => typeof item === 'object')
    if (node.flow) return
    for (const [i, item] of node.items.entries()) layOut(item, value[i], within === 'steps' ? 'workflow' : null)
  } else if (isMap(node) && isJsonObject(value)) {
    node.flow = within === null && fitsLine(value)
    if (node.flow) return
    for (const { key, value: item } of node.items) layOut(item, value[String(key)], partOf(within, String(key)))
  }
}

function partOf(within: Within, key: string): Within {
  if (within === 'branches') return 'steps'
  return within === 'workflow' && (key === 'steps' || key === 'branches' || key === 'config') ? key : null
}

function fitsLine(value: Json): boolean {
  return isFlat(value) && JSON.stringify(value).length <= LINE_WIDTH
}

/** A list or mapping of plain values, and of such lists and mappings, but no deeper. A text of several lines is not flat. */
function isFlat(value: Json, depth = 0): boolean {
  if (typeof value === 'string') return !value.includes('\n')
  if (typeof value !== 'object' || value === null) return true
  return depth < 3 && Object.values(value).every((item: Json) => isFlat(item, depth + 1))
}
