import { type Document, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap, type YAMLSeq } from 'yaml'
import { isJsonObject, type Json, type JsonObject } from '../json.ts'
import { authoredStep, type Style } from './authored.ts'
import type { StepCatalog } from './catalog.ts'
import { isSame } from './cures.ts'
import type { Step } from './definition.ts'
import { accepted, COMMON } from './normalise-keys.ts'
import { layOut } from './print.ts'

/** What rewriting a text needs to know of it. */
export interface Rewriting {
  readonly doc: Document
  readonly catalog: StepCatalog
  readonly style: Style
}

export type StepNode = YAMLMap<Node, Node | null>
export type StepList = YAMLSeq<Node>

/** Steps that follow one another, before and after a change. */
export interface Change {
  readonly before: readonly Step[]
  readonly after: readonly Step[]
  /** Whether they stand inside another step. */
  readonly inside: boolean
}

/** One step of a list as it shall be: the author's own node where there is one, and whether that had to be changed. */
export interface Rewritten {
  readonly node: Node
  readonly old: StepNode | null
  readonly changed: boolean
}

/** Brings the nodes of a list of steps to what they shall say, leaving alone what says it already. */
export function rewriteSteps(list: StepList, { before, after, inside }: Change, by: Rewriting): readonly Rewritten[] {
  const nodes = new Map(
    list.items.flatMap((node) => (isMap<Node, Node | null>(node) ? [[idOf(node), node] as const] : [])),
  )
  return after.map((step, i) => {
    const following = after[i + 1]?.id ?? null
    const wanted = authoredStep(step, following, by.catalog, by.style, inside)
    const node = nodes.get(step.id)
    const at = before.findIndex(({ id }) => id === step.id)
    const was = before[at]
    if (!node || !was || was.type !== step.type) {
      const created = by.doc.createNode(wanted)
      layOut(created, wanted, 'workflow')
      return { node: created, old: null, changed: true }
    }
    const said = authoredStep(was, before[at + 1]?.id ?? null, by.catalog, by.style, inside)
    return { node, old: node, changed: rewriteStep(node, flat(said), flat(wanted), { was, step }, by) }
  })
}

function idOf(node: YAMLMap): string {
  return String(node.get('id')).trim().toLowerCase()
}

/** Parameters beside the keys that every step has. */
function flat({ config, ...rest }: JsonObject): JsonObject {
  return isJsonObject(config) ? { ...rest, ...config } : rest
}

const EVERYWHERE: ReadonlySet<string> = new Set(COMMON)

/** Changes what differs, key by key, where and under the name that the author gave it. Answers whether anything did. */
function rewriteStep(
  node: StepNode,
  said: JsonObject,
  wanted: JsonObject,
  { was, step }: { readonly was: Step; readonly step: Step },
  by: Rewriting,
): boolean {
  const names = accepted(by.catalog.get(step.type))
  const config = node.get('config')
  const maps: readonly StepNode[] = isMap<Node, Node | null>(config) ? [node, config] : [node]
  const find = (key: string) => pairOf(maps, (written) => names.get(written) === names.get(key))
  let changed = false
  for (const key of new Set([...Object.keys(said), ...Object.keys(wanted)])) {
    const [then, now] = [said[key], wanted[key]]
    if ((key === 'branches' || key === 'steps') && was.blocks && step.blocks) {
      if (rewriteBlocks(find(key)?.pair, was, step, by)) changed = true
    } else if (!isSame(then, now)) {
      changed = true
      put(key, now, find(key), maps, by)
    }
  }
  const next = find('next')
  if (was.next !== step.next && wanted.next === undefined && next) {
    next.map.delete(next.pair.key)
    changed = true
  }
  return changed
}

interface Place {
  readonly map: StepNode
  readonly pair: Pair<Node, Node | null>
}

function pairOf(maps: readonly StepNode[], fits: (written: string) => boolean): Place | undefined {
  for (const map of maps) {
    const pair = map.items.find(({ key }) => isScalar(key) && fits(String(key.value)))
    if (pair) return { map, pair }
  }
  return undefined
}

function put(
  key: string,
  value: Json | undefined,
  place: Place | undefined,
  maps: readonly StepNode[],
  by: Rewriting,
): void {
  if (value === undefined) {
    place?.map.delete(place.pair.key)
    return
  }
  if (place) {
    setValue(place.pair, value, by)
    return
  }
  const into = EVERYWHERE.has(key) ? maps[0] : maps.at(-1)
  const pair = by.doc.createPair(key, null)
  setValue(pair, value, by)
  into?.items.push(pair)
}

function setValue(pair: Pair<Node, Node | null>, value: Json, by: Rewriting): void {
  const node = by.doc.createNode(value)
  layOut(node, value, null)
  // What the author noted behind the old value is about the key.
  if (isScalar(pair.value) && pair.value.comment) node.comment = pair.value.comment
  pair.value = node
}

/** What stands inside a step, list by list; answers whether anything changed. */
function rewriteBlocks(pair: Pair<Node, Node | null> | undefined, was: Step, step: Step, by: Rewriting): boolean {
  const held = pair?.value
  const blocks = step.blocks ?? []
  const names = [was, step].map((one) => (one.blocks ?? []).map(({ name }) => name))
  if (!pair || !isSame(names[0], names[1])) {
    // Branches that came or went: they are written anew.
    const wanted = authoredStep(step, step.next, by.catalog, by.style, true)
    if (pair) setValue(pair, wanted.branches ?? wanted.steps ?? null, by)
    return true
  }
  return blocks
    .map((block, i) => {
      const list = isMap<Node, Node | null>(held) ? held.get(block.name, true) : held
      const change = { before: was.blocks?.[i]?.steps ?? [], after: block.steps, inside: true }
      if (!isSeq<Node>(list)) return true
      const rewritten = rewriteSteps(list, change, by)
      const same = rewritten.length === list.items.length && rewritten.every(({ node }, at) => node === list.items[at])
      list.items = rewritten.map(({ node }) => node)
      return !same || rewritten.some(({ changed }) => changed)
    })
    .some(Boolean)
}
