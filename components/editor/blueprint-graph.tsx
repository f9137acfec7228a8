'use client'
import { useEffect, useState } from 'react'
import { LazyGraph } from '#components/graph/lazy-graph.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import type { WorkflowGraph } from '#lib/workflow/graph.ts'
import { holdLanguage } from './language-client.ts'

/** The graph of a text that is not in the editor, read by the same worker that serves the editor. */
export function BlueprintGraph({ yaml }: { readonly yaml: string }) {
  const [graph, setGraph] = useState<WorkflowGraph | null>(null)
  const [failed, setFailed] = useState(false)
  useEffect(() => {
    const { client, release } = holdLanguage()
    let wanted = true
    client.ask('check', { text: yaml }).then(
      (answer) => wanted && setGraph(answer?.graph ?? null),
      () => wanted && setFailed(true),
    )
    return () => {
      wanted = false
      release()
    }
  }, [yaml])
  if (failed) return null
  return graph ? (
    <LazyGraph graph={graph} className="h-96 rounded-lg border" />
  ) : (
    <SkeletonRows rows={4} label="Drawing the graph" />
  )
}
