'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { errorCode, errorSentence, problemOf, useTRPC } from '#components/trpc.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import type { Workflow } from '#lib/contracts/workflows.ts'
import { useTextDraft } from './use-text-draft.ts'
import { useUnsavedGuard } from './use-unsaved-guard.ts'
import { useValidation } from './use-validation.ts'
import { type Conflict, WorkflowEditorView } from './workflow-editor-view.tsx'

type EditWorkflowProps = { readonly workflow: Pick<Workflow, 'id' | 'version' | 'yaml'> }

/** Saves the next version. Whoever saved meanwhile is not overwritten unseen: the author decides then. */
export function EditWorkflow({ workflow }: EditWorkflowProps) {
  const { id } = workflow
  const trpc = useTRPC()
  const router = useRouter()
  const queryClient = useQueryClient()
  const [text, setText, forget] = useTextDraft(`edit:${id}:${workflow.version}`, workflow.yaml)
  const [message, setMessage] = useState('')
  const { diagnostics, checking } = useValidation(text)
  const update = useMutation(
    trpc.workflows.update.mutationOptions({
      onSuccess: async () => {
        forget()
        await queryClient.invalidateQueries({ queryKey: trpc.workflows.pathKey() })
        router.push(`/workflows/${id}`)
      },
    }),
  )
  const save = (ifVersion: number) =>
    update.mutate({
      id,
      ifVersion,
      body: { yaml: text, ...(message.trim() === '' ? {} : { message: message.trim() }) },
    })
  const conflict = toConflict(id, update.error)
  const dirty = text !== workflow.yaml && !update.isSuccess
  useUnsavedGuard(dirty)
  return (
    <WorkflowEditorView
      text={text}
      onText={setText}
      message={message}
      onMessage={setMessage}
      diagnostics={diagnostics}
      checking={checking}
      saving={update.isPending || update.isSuccess}
      dirty={dirty}
      saveLabel="Save a new version"
      error={conflict ? null : errorSentence(update.error)}
      conflict={conflict}
      onOverwrite={() => conflict && save(conflict.version)}
      onSave={() => save(workflow.version)}
      cancel={<ButtonLink href={`/workflows/${id}`}>Cancel</ButtonLink>}
    />
  )
}

function toConflict(id: string, error: unknown): Conflict | null {
  if (errorCode(error) !== 'workflow.version_conflict') return null
  const version = problemOf(error)?.latest_version
  return typeof version === 'number' ? { version, href: `/workflows/${id}?tab=yaml&version=${version}` } : null
}
