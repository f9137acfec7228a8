'use client'
import { useState } from 'react'
import type { WorkflowGraph } from '#lib/workflow/graph.ts'
import type { LanguageAnswer } from './language.ts'

/** The newest graph there was: while the text is invalid, that of the last valid one. */
export function useLastGraph(answer: LanguageAnswer | undefined): {
  readonly graph: WorkflowGraph | null
  readonly stale: boolean
} {
  const [last, setLast] = useState<WorkflowGraph | null>(null)
  const graph = answer?.graph ?? null
  if (graph !== null && graph !== last) setLast(graph)
  return { graph: graph ?? last, stale: graph === null && last !== null && answer !== undefined }
}
