import type { EdgeKind, GraphEdge } from '#lib/workflow/graph.ts'

const KINDS: Readonly<Record<Exclude<EdgeKind, 'next' | 'branch' | 'inside'>, string>> = {
  error: 'on error',
  reject: 'rejected',
  revise: 'changes asked',
  timeout: 'timed out',
}

/** What the way into a loop is called. */
const EACH = 'each item'
/** Labels of branches that are no conditions. */
const AS_IT_IS: ReadonlySet<string> = new Set(['otherwise', 'skipped', 'no items', 'skipped or no items'])

/** What stands at an edge; null at the plain way on. */
export function edgeWords({ kind, label }: Pick<GraphEdge, 'kind' | 'label'>): string | null {
  return label ?? (kind === 'next' || kind === 'branch' || kind === 'inside' ? null : KINDS[kind])
}

/** The same before a target in a list: "If false:", "On error:". */
export function edgeSentence(edge: Pick<GraphEdge, 'kind' | 'label'>): string {
  if (edge.kind === 'next') return 'Then'
  if (edge.kind === 'branch')
    return edge.label !== null && AS_IT_IS.has(edge.label) ? sentence(edge.label) : `If ${edge.label ?? 'so'}`
  if (edge.kind === 'inside') return edge.label === EACH ? `For ${EACH}` : `Branch ${edge.label}`
  return sentence(KINDS[edge.kind])
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}
