import { Document, isMap, isSeq, type Node, type Pair } from 'yaml'
import type { Json } from '../json.ts'
import { authoredWorkflow } from './authored.ts'
import type { StepCatalog } from './catalog.ts'
import { composeLoosely } from './compose.ts'
import { isSame } from './cures.ts'
import type { WorkflowDefinition } from './definition.ts'
import { LAYOUT, layOut, printWorkflow } from './print.ts'
import { type Rewriting, type Rewritten, rewriteSteps, type StepList } from './rewrite-step.ts'
import { validateWorkflow } from './validate.ts'

/**
 * The author's text with another meaning: what did not change stays to the letter, comments and order with it, and what did
 * is written in the author's style, under the names the author used. A text that cannot be changed part by part is printed
 * anew. Triggers and tests, which are no part of a definition, stay as they are.
 */
export function rewriteWorkflow(text: string, after: WorkflowDefinition, catalog: StepCatalog): string {
  const before = validateWorkflow(text, catalog).definition
  const doc = composeLoosely(text)
  const style = doc && usesConfig(doc) ? 'config' : 'short'
  const printed = printWorkflow(after, catalog, style)
  // Read back, so that both are in one order.
  const wanted = validateWorkflow(printed, catalog).definition
  if (before === null || doc === null || wanted === null) return printed
  if (sayTheSame(before, wanted)) return text
  const rewritten = rewriteParts(text, doc, before, wanted, { doc, catalog, style })
  // Whatever was done to the text: it has to say what it shall.
  const says = rewritten === null ? null : validateWorkflow(rewritten, catalog).definition
  return rewritten !== null && says !== null && sayTheSame(says, wanted) ? rewritten : printed
}

function sayTheSame(a: WorkflowDefinition, b: WorkflowDefinition): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

function usesConfig(doc: Document): boolean {
  const steps = doc.get('steps')
  return isSeq<Node>(steps) && steps.items.some((step) => isMap(step) && step.has('config'))
}

/** A stretch of the text and what shall stand there. */
interface Splice {
  readonly from: number
  readonly to: number
  readonly text: string
}

/** null where the text is not written line by line, as JSON for instance. */
function rewriteParts(
  text: string,
  doc: Document,
  before: WorkflowDefinition,
  after: WorkflowDefinition,
  by: Rewriting,
): string | null {
  const top = doc.contents
  const steps = doc.get('steps')
  if (!isMap<Node, Node | null>(top) || top.flow || !isSeq<Node>(steps) || steps.flow) return null
  const splices: Splice[] = []
  const [said, wanted] = [before, after].map((each) => authoredWorkflow(each, by.catalog, by.style))
  let previous: Pair<Node, Node | null> | undefined
  for (const key of new Set([...Object.keys(wanted ?? {}), ...Object.keys(said ?? {})])) {
    const pair = top.items.find((each) => String(each.key) === key)
    const [then, now] = [said?.[key], wanted?.[key]]
    if (key !== 'steps' && !isSame(then, now)) splices.push(spliceOf(key, now, pair, previous, text))
    previous = pair ?? previous
  }
  const list = rewriteSteps(steps, { before: before.steps, after: after.steps, inside: false }, by)
  return apply(text, [...splices, ...spliceSteps(steps, list, text)])
}

/** One key at the top: replaced, removed, or put behind the one that goes before it. */
function spliceOf(
  key: string,
  value: Json | undefined,
  pair: Pair<Node, Node | null> | undefined,
  previous: Pair<Node, Node | null> | undefined,
  text: string,
): Splice {
  const written = value === undefined ? '' : printedPair({ [key]: value })
  if (!pair) {
    const at = previous ? lineEnd(text, endOf(previous)) : 0
    return { from: at, to: at, text: written }
  }
  const from = pair.key.range?.[0] ?? 0
  const to = endOf(pair)
  if (value === undefined) return { from, to: lineEnd(text, to), text: '' }
  return { from, to, text: text[to - 1] === '\n' ? written : written.replace(/\n$/, '') }
}

function endOf({ key, value }: Pair<Node, Node | null>): number {
  return value?.range?.[1] ?? key.range?.[1] ?? 0
}

/** Behind the line break that follows; nothing of the line is left when it is there already. */
function lineEnd(text: string, at: number): number {
  if (at > 0 && text[at - 1] === '\n') return at
  const end = text.indexOf('\n', at)
  return end < 0 ? text.length : end + 1
}

/** Where steps came, went or moved, the list is put together anew from their own lines; else each stays in its place. */
function spliceSteps(list: StepList, rewritten: readonly Rewritten[], text: string): readonly Splice[] {
  const span = (node: Node) => ({ from: node.range?.[0] ?? 0, to: node.range?.[1] ?? 0 })
  const own = (one: Rewritten) =>
    one.old && !one.changed
      ? text.slice(span(one.old).from, span(one.old).to)
      : printedStep(one.node, columnOf(list, text))
  const inPlace = list.items.length === rewritten.length && rewritten.every(({ old }, i) => old === list.items[i])
  if (inPlace) {
    return rewritten.flatMap((one) => (one.old && one.changed ? [{ ...span(one.old), text: own(one) }] : []))
  }
  const first = list.items[0]
  const last = list.items.at(-1)
  if (!first || !last) return []
  const dash = `${' '.repeat(columnOf(list, text) - 2)}- `
  const parts = rewritten.map((one, i) => {
    // What stands above a step is about it, and goes where it goes.
    const above = one.old ? aboveOf(one.old, list, text) : i === 0 ? '' : '\n'
    return `${i === 0 ? above.trimStart() : above}${dash}${own(one).replace(/\n?$/, '\n')}`
  })
  const from = text.lastIndexOf('\n', span(first).from) + 1
  return [{ from, to: lineEnd(text, span(last).to), text: parts.join('') }]
}

/** The lines between the step before and this one. */
function aboveOf(node: Node, list: StepList, text: string): string {
  const before = list.items[list.items.indexOf(node) - 1]
  const from = lineEnd(text, before?.range?.[1] ?? node.range?.[0] ?? 0)
  return before ? text.slice(from, text.lastIndexOf('\n', node.range?.[0] ?? 0) + 1) : ''
}

/** The column at which steps begin, behind their dash. */
function columnOf(list: StepList, text: string): number {
  const at = list.items[0]?.range?.[0] ?? 0
  return at - (text.lastIndexOf('\n', at - 1) + 1)
}

function printedStep(node: Node, column: number): string {
  node.commentBefore = undefined
  node.spaceBefore = false
  const lines = new Document(node).toString(LAYOUT).split('\n')
  return lines.map((line, i) => (i === 0 || line === '' ? line : ' '.repeat(column) + line)).join('\n')
}

function printedPair(value: Json): string {
  const doc = new Document(value, { aliasDuplicateObjects: false })
  layOut(doc.contents, value, 'workflow')
  return doc.toString(LAYOUT)
}

function apply(text: string, splices: readonly Splice[]): string {
  // Of two at one place the first comes to stand first, so it is put there last.
  return splices
    .toReversed()
    .sort((a, b) => b.from - a.from)
    .reduce((rest, { from, to, text: put }) => rest.slice(0, from) + put + rest.slice(to), text)
}
