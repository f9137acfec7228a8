'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { Suspense, useState } from 'react'
import { errorSentence, useTRPC } from '#components/trpc.tsx'
import { lazyPart } from '#components/ui/lazy-part.ts'
import { Notice } from '#components/ui/notice.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { useEditorPage } from './use-editor-page.ts'
import { useTextDraft } from './use-text-draft.ts'
import { useUnsavedGuard } from './use-unsaved-guard.ts'
import { WorkflowEditorView } from './workflow-editor-view.tsx'

const TestRunPanel = lazyPart(async () => (await import('./test-run/test-run-panel.tsx')).TestRunPanel)
const TestsPanel = lazyPart(async () => (await import('./tests/tests-panel.tsx')).TestsPanel)

export interface NewWorkflowProps {
  /** Names what it began from: a blueprint's id, or `blank`. */
  readonly from: string
  readonly title: string
  readonly initial: string
}

export function NewWorkflow({ from, title, initial }: NewWorkflowProps) {
  const trpc = useTRPC()
  const router = useRouter()
  const queryClient = useQueryClient()
  const [name, setName] = useState('')
  const [text, setText, forget] = useTextDraft(`new:${from}`, initial)
  const page = useEditorPage(text)
  const create = useMutation(
    trpc.workflows.create.mutationOptions({
      onSuccess: async ({ id }) => {
        forget()
        router.push(`/workflows/${id}`)
        await queryClient.invalidateQueries({ queryKey: trpc.workflows.list.pathKey() })
      },
    }),
  )
  const dirty = (text !== initial || name !== '') && !create.isSuccess
  useUnsavedGuard(dirty)
  const error = errorSentence(create.error)
  return (
    <WorkflowEditorView
      {...page.view}
      title={title}
      trail={{ href: '/workflows/new', label: 'New workflow' }}
      closeHref="/workflows/new"
      version={null}
      onText={setText}
      name={name}
      onName={setName}
      dirty={dirty}
      saving={create.isPending || create.isSuccess}
      onSave={() => create.mutate({ yaml: text, ...(name.trim() === '' ? {} : { name: name.trim() }) })}
      notices={error !== null && <Notice tone="bad">{error}</Notice>}
      testRun={
        <Suspense fallback={<SkeletonRows rows={3} label="Loading the test run" />}>
          <TestRunPanel text={text} inputs={page.inputs} valid={page.valid} />
        </Suspense>
      }
      tests={
        <Suspense fallback={<SkeletonRows rows={3} label="Loading the tests" />}>
          <TestsPanel {...page.tests} />
        </Suspense>
      }
    />
  )
}
