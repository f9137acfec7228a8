'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { errorSentence, useTRPC } from '#components/trpc.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { useTextDraft } from './use-text-draft.ts'
import { useUnsavedGuard } from './use-unsaved-guard.ts'
import { useValidation } from './use-validation.ts'
import { WorkflowEditorView } from './workflow-editor-view.tsx'

interface NewWorkflowProps {
  /** Names what it began from: a blueprint's id, or `blank`. */
  readonly from: string
  readonly initial: string
}

export function NewWorkflow({ from, initial }: NewWorkflowProps) {
  const trpc = useTRPC()
  const router = useRouter()
  const queryClient = useQueryClient()
  const [name, setName] = useState('')
  const [text, setText, forget] = useTextDraft(`new:${from}`, initial)
  const { diagnostics, checking } = useValidation(text)
  const create = useMutation(
    trpc.workflows.create.mutationOptions({
      onSuccess: async ({ id }) => {
        forget()
        router.push(`/workflows/${id}`)
        await queryClient.invalidateQueries({ queryKey: trpc.workflows.list.pathKey() })
      },
    }),
  )
  const dirty = text !== initial || name !== ''
  useUnsavedGuard(dirty && !create.isSuccess)
  return (
    <WorkflowEditorView
      text={text}
      onText={setText}
      name={name}
      onName={setName}
      diagnostics={diagnostics}
      checking={checking}
      saving={create.isPending || create.isSuccess}
      dirty={dirty && !create.isSuccess}
      saveLabel="Create the workflow"
      error={errorSentence(create.error)}
      onSave={() => create.mutate({ yaml: text, ...(name.trim() === '' ? {} : { name: name.trim() }) })}
      cancel={<ButtonLink href="/workflows">Cancel</ButtonLink>}
    />
  )
}
