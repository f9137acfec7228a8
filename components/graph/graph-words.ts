import type { EdgeKind, GraphEdge } from '#lib/workflow/graph.ts'

const KINDS: Readonly<Record<Exclude<EdgeKind, 'next' | 'branch'>, string>> = {
  error: 'on error',
  reject: 'rejected',
  revise: 'changes asked',
  timeout: 'timed out',
}

/** What stands at an edge; null at the plain way on. */
export function edgeWords({ kind, label }: Pick<GraphEdge, 'kind' | 'label'>): string | null {
  return label ?? (kind === 'next' || kind === 'branch' ? null : KINDS[kind])
}

/** The same before a target in a list: "If false:", "On error:". */
export function edgeSentence(edge: Pick<GraphEdge, 'kind' | 'label'>): string {
  if (edge.kind === 'next') return 'Then'
  if (edge.kind === 'branch')
    return edge.label === 'otherwise' || edge.label === 'skipped' ? sentence(edge.label) : `If ${edge.label ?? 'so'}`
  return sentence(KINDS[edge.kind])
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}
