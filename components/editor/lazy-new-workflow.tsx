'use client'
import { Suspense } from 'react'
import { lazyPart } from '#components/ui/lazy-part.ts'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import type { NewWorkflowProps } from './new-workflow.tsx'

const NewWorkflow = lazyPart(async () => (await import('./new-workflow.tsx')).NewWorkflow)

/** The gallery of blueprints has the same address: who looks around there does not load the editor. */
export function LazyNewWorkflow(props: NewWorkflowProps) {
  return (
    <Suspense fallback={<SkeletonRows rows={6} label="Loading the editor" />}>
      <NewWorkflow {...props} />
    </Suspense>
  )
}
