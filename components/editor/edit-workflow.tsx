'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Suspense, useState } from 'react'
import { errorCode, errorSentence, problemOf, useTRPC } from '#components/trpc.tsx'
import { Button } from '#components/ui/button.tsx'
import { lazyPart } from '#components/ui/lazy-part.ts'
import { Notice } from '#components/ui/notice.tsx'
import { OnDemand } from '#components/ui/on-demand.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import type { Workflow } from '#lib/contracts/workflows.ts'
import { useEditDraft } from './use-edit-draft.ts'
import { useEditorPage } from './use-editor-page.ts'
import { useUnsavedGuard } from './use-unsaved-guard.ts'
import { WorkflowEditorView } from './workflow-editor-view.tsx'

const RunDialog = lazyPart(async () => (await import('#components/workflows/run-dialog.tsx')).RunDialog)
const Conflict = lazyPart(async () => (await import('./conflict.tsx')).Conflict)
const TestRunPanel = lazyPart(async () => (await import('./test-run/test-run-panel.tsx')).TestRunPanel)
const TestsPanel = lazyPart(async () => (await import('./tests/tests-panel.tsx')).TestsPanel)

interface EditWorkflowProps {
  readonly workflow: Pick<Workflow, 'id' | 'name' | 'version' | 'yaml'>
  readonly canRun: boolean
}

/** Saves the next version. Whoever saved meanwhile is not overwritten unseen: the author decides then. */
export function EditWorkflow({ workflow, canRun }: EditWorkflowProps) {
  const { id } = workflow
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const [saved, setSaved] = useState({ version: workflow.version, text: workflow.yaml, name: workflow.name })
  const [justSaved, setJustSaved] = useState(false)
  const { draft, change, rebase, settle, shelved, shelve } = useEditDraft(id, saved)
  const [message, setMessage] = useState('')
  const [running, setRunning] = useState(false)
  const page = useEditorPage(draft.text)
  const update = useMutation(
    trpc.workflows.update.mutationOptions({
      onSuccess: async ({ version, name }, { body }) => {
        const text = body.yaml ?? ''
        setSaved({ version, text, name })
        // What was typed while it was being saved goes on from the new version.
        if (draft.text === text) settle({ version, text })
        else rebase({ version, text: draft.text })
        setMessage('')
        setJustSaved(true)
        await queryClient.invalidateQueries({ queryKey: trpc.workflows.pathKey() })
      },
    }),
  )
  const save = (ifVersion: number) =>
    update.mutate({
      id,
      ifVersion,
      body: { yaml: draft.text, ...(message.trim() === '' ? {} : { message: message.trim() }) },
    })
  const conflict = conflictVersion(update.error)
  const dirty = draft.text !== saved.text || draft.version !== saved.version
  useUnsavedGuard(dirty)
  const error = conflict === null ? errorSentence(update.error) : null
  const notices = (error !== null || shelved !== null) && (
    <>
      {error !== null && <Notice tone="bad">{error}</Notice>}
      {shelved !== null && (
        <Notice
          action={
            <span className="flex gap-2">
              <Button size="sm" onClick={() => shelve(null)}>
                Discard it
              </Button>
              <Button
                size="sm"
                onClick={() => {
                  change(shelved)
                  shelve(null)
                }}
              >
                Bring it back
              </Button>
            </span>
          }
        >
          Your own text was put aside.
        </Notice>
      )}
    </>
  )
  return (
    <>
      <WorkflowEditorView
        {...page.view}
        title={saved.name}
        trail={{ href: '/workflows', label: 'Workflows' }}
        closeHref={`/workflows/${id}`}
        version={draft.version}
        onText={change}
        message={message}
        onMessage={setMessage}
        dirty={dirty}
        saving={update.isPending}
        onSave={() => save(draft.version)}
        onRun={canRun && justSaved ? () => setRunning(true) : undefined}
        notices={notices}
        testRun={
          <Suspense fallback={<SkeletonRows rows={3} label="Loading the test run" />}>
            <TestRunPanel text={draft.text} inputs={page.inputs} valid={page.valid} />
          </Suspense>
        }
        tests={
          <Suspense fallback={<SkeletonRows rows={3} label="Loading the tests" />}>
            <TestsPanel {...page.tests} />
          </Suspense>
        }
      />
      {conflict !== null && (
        <Suspense>
          <Conflict
            id={id}
            version={conflict}
            draft={draft}
            saving={update.isPending}
            onClose={() => update.reset()}
            onSaveMine={() => save(conflict)}
            onTake={(theirs) => {
              shelve(draft.text)
              setSaved({ ...saved, ...theirs })
              settle(theirs)
              update.reset()
            }}
            onMerge={(theirs, text) => {
              setSaved({ ...saved, ...theirs })
              rebase({ version: theirs.version, text })
              update.reset()
            }}
          />
        </Suspense>
      )}
      <OnDemand open={running}>
        <RunDialog
          workflow={{ id, name: saved.name, version: saved.version, inputs: page.inputs }}
          open
          onOpenChange={setRunning}
        />
      </OnDemand>
    </>
  )
}

function conflictVersion(error: unknown): number | null {
  if (errorCode(error) !== 'workflow.version_conflict') return null
  const version = problemOf(error)?.latest_version
  return typeof version === 'number' ? version : null
}
