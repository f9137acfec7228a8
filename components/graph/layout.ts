import { Graph, layout } from '@dagrejs/dagre'
import type { WorkflowGraph } from '#lib/workflow/graph.ts'
import { END, type Way, waysOf } from './ways.ts'

/** In px at full size. */
export const NODE = { width: 216, height: 52 } as const
export const END_NODE = { width: 56, height: 28 } as const
const LABEL_HEIGHT = 20
/** Room that one letter of a label takes, and the widest label before it is cut off. */
const LETTER = 6.4
export const LABEL_MAX = 168
const LANE = 26

export interface Placed {
  readonly id: string
  /** The upper left corner. */
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface Drawn {
  readonly way: Way
  /** SVG path data. */
  readonly path: string
  /** Where its arrow ends, and from where it comes. */
  readonly tip: { readonly x: number; readonly y: number; readonly from: 'top' | 'right' | 'left' }
  /** The middle of its label; null without one. */
  readonly label: { readonly x: number; readonly y: number; readonly width: number } | null
  /** How far to a side a line that leads back runs; absent: it stays between what it joins. */
  readonly lane?: number
}

export interface GraphLayout {
  readonly nodes: readonly Placed[]
  readonly edges: readonly Drawn[]
  /** What all of it takes. */
  readonly left: number
  readonly width: number
  readonly height: number
}

/** Places a workflow from top to bottom. Lines that lead back run in lanes of their own at a side, so that loops can be read. */
export function layoutGraph(graph: WorkflowGraph): GraphLayout {
  const ways = waysOf(graph)
  const forward = ways.filter(({ back }) => !back)
  const placed = place(graph, forward)
  const at = new Map(placed.nodes.map((node) => [node.id, node]))
  const edges = [
    ...placed.lines.map(({ way, points, label }) => drawForward(way, points, label, at)),
    ...drawBack(
      ways.filter(({ back }) => back),
      at,
    ),
  ]
  const across = [...placed.nodes.flatMap(({ x, width }) => [x, x + width]), ...edges.flatMap(reach)]
  const left = Math.min(...across)
  const bottom = Math.max(...placed.nodes.map(({ y, height }) => y + height))
  return { nodes: placed.nodes, edges, left, width: Math.max(...across) - left, height: bottom }
}

interface Point {
  readonly x: number
  readonly y: number
}

interface Line {
  readonly way: Way
  readonly points: readonly Point[]
  readonly label: Drawn['label']
}

function place(graph: WorkflowGraph, ways: readonly Way[]): { nodes: readonly Placed[]; lines: readonly Line[] } {
  const dag = new Graph({ multigraph: false })
  dag.setGraph({ rankdir: 'TB', nodesep: 40, ranksep: 34, edgesep: 24, marginx: 4, marginy: 4 })
  dag.setDefaultEdgeLabel(() => ({}))
  for (const { id } of graph.nodes) dag.setNode(id, { ...NODE })
  if (ways.some(({ to }) => to === END)) dag.setNode(END, { ...END_NODE })
  for (const { from, to, words, detour } of ways) {
    const width = labelWidth(words)
    const size = words === null ? { width: 0, height: 0 } : { width, height: LABEL_HEIGHT }
    dag.setEdge(from, to, { ...size, labelpos: 'c', weight: detour ? 1 : 4 })
  }
  layout(dag)
  const nodes = dag.nodes().map((id): Placed => {
    const { x = 0, y = 0, width = 0, height = 0 } = dag.node(id) as Partial<Placed>
    return { id, x: x - width / 2, y: y - height / 2, width, height }
  })
  const lines = ways.map((way): Line => {
    const { points, x, y } = dag.edge(way.from, way.to) as { points: readonly Point[]; x?: number; y?: number }
    const label =
      way.words === null || x === undefined || y === undefined ? null : { x, y, width: labelWidth(way.words) }
    return { way, points, label }
  })
  return { nodes, lines }
}

function labelWidth(words: string | null): number {
  return words === null ? 0 : Math.min(LABEL_MAX, Math.ceil(words.length * LETTER) + 14)
}

function reach({ lane, label }: Drawn): readonly number[] {
  return [
    ...(lane === undefined ? [] : [lane]),
    ...(label ? [label.x - label.width / 2, label.x + label.width / 2] : []),
  ]
}

/** Down from the middle of one step to the middle of another, bending only between the ranks it passes. */
function drawForward(
  way: Way,
  points: readonly Point[],
  label: Drawn['label'],
  at: ReadonlyMap<string, Placed>,
): Drawn {
  const from = bottomOf(at.get(way.from))
  const to = topOf(at.get(way.to))
  const stops = [from, ...points.slice(1, -1).filter(({ y }) => y > from.y && y < to.y), to]
  const path = stops.slice(1).reduce(
    (drawn, stop, i) => {
      const before = stops[i] ?? from
      if (Math.abs(before.x - stop.x) < 1) return `${drawn} L${round(stop.x)} ${round(stop.y)}`
      const middle = round((before.y + stop.y) / 2)
      return `${drawn} C${round(before.x)} ${middle} ${round(stop.x)} ${middle} ${round(stop.x)} ${round(stop.y)}`
    },
    `M${round(from.x)} ${round(from.y)}`,
  )
  return { way, path, tip: { ...to, from: 'top' }, label }
}

/**
 * Out to a side, up a lane, and in again from that side: the right one, unless another step stands in the way there and
 * none at the left. Each loop has a lane that no other uses at that height.
 */
function drawBack(ways: readonly Way[], at: ReadonlyMap<string, Placed>): readonly Drawn[] {
  const used: (Span & { readonly side: Side; readonly reach: number })[] = []
  return ways
    .flatMap((way) => {
      const [source, target] = [at.get(way.from), at.get(way.to)]
      return source && target ? [{ way, source, target }] : []
    })
    .sort((a, b) => a.source.y - a.target.y - (b.source.y - b.target.y))
    .map(({ way, source, target }) => {
      const side: Side = blocked(source, target, 1, at) && !blocked(source, target, -1, at) ? -1 : 1
      const from = sideOf(source, side, 8)
      const to = sideOf(target, side, -6)
      const span = { top: Math.min(from.y, to.y), bottom: Math.max(from.y, to.y) }
      const passed = [...at.values()].filter(({ y, height }) => y + height >= span.top && y <= span.bottom)
      const beside = used.filter((lane) => lane.side === side && overlap(lane, span, 12))
      const width = labelWidth(way.words)
      const furthest = Math.max(
        ...passed.map((node) => side * sideOf(node, side, 0).x),
        ...beside.map(({ reach }) => reach),
      )
      const out = furthest + Math.max(LANE, width / 2 + 8)
      used.push({ ...span, side, reach: out + width / 2 })
      const lane = side * out
      const bend = Math.min(10, Math.max(2, (span.bottom - span.top) / 2))
      const near = round(lane - side * bend)
      const path = [
        `M${round(from.x)} ${round(from.y)}`,
        `H${near}`,
        `Q${round(lane)} ${round(from.y)} ${round(lane)} ${round(from.y - bend)}`,
        `V${round(to.y + bend)}`,
        `Q${round(lane)} ${round(to.y)} ${near} ${round(to.y)}`,
        `H${round(to.x)}`,
      ].join(' ')
      const label = way.words === null ? null : { x: lane, y: (span.top + span.bottom) / 2, width }
      return { way, path, tip: { ...to, from: side === 1 ? ('right' as const) : ('left' as const) }, label, lane }
    })
}

type Side = 1 | -1

interface Span {
  readonly top: number
  readonly bottom: number
}

function overlap(a: Span, b: Span, room: number): boolean {
  return a.top <= b.bottom + room && a.bottom >= b.top - room
}

/** Whether a line that leaves one step and comes into the other at this side would run through a third. */
function blocked(source: Placed, target: Placed, side: Side, at: ReadonlyMap<string, Placed>): boolean {
  return [...at.values()].some((node) =>
    [source, target].some(
      (end) =>
        node !== end &&
        overlap({ top: node.y, bottom: node.y + node.height }, { top: end.y, bottom: end.y + end.height }, 0) &&
        side * (node.x - end.x) > 0,
    ),
  )
}

function bottomOf(node: Placed | undefined): Point {
  return node ? { x: node.x + node.width / 2, y: node.y + node.height } : { x: 0, y: 0 }
}

function topOf(node: Placed | undefined): Point {
  return node ? { x: node.x + node.width / 2, y: node.y } : { x: 0, y: 0 }
}

function sideOf(node: Placed, side: Side, shift: number): Point {
  return { x: side === 1 ? node.x + node.width : node.x, y: node.y + node.height / 2 + shift }
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
