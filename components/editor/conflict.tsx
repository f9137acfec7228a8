'use client'
import { useQuery } from '@tanstack/react-query'
import { errorSentence, useTRPC } from '#components/trpc.tsx'
import { ConflictDialog } from './conflict-dialog.tsx'
import { useChanges } from './use-changes.ts'
import type { EditDraft } from './use-edit-draft.ts'

interface ConflictProps {
  readonly id: string
  /** The newest, which somebody else saved. */
  readonly version: number
  readonly draft: EditDraft
  readonly saving: boolean
  readonly onClose: () => void
  readonly onSaveMine: () => void
  readonly onTake: (theirs: EditDraft) => void
  readonly onMerge: (theirs: EditDraft, text: string) => void
}

/** Loads what the author's text is compared with. */
export function Conflict({ id, version, draft, saving, onClose, onSaveMine, onTake, onMerge }: ConflictProps) {
  const trpc = useTRPC()
  const theirs = useQuery(trpc.workflows.get.queryOptions({ id, query: { version } }))
  const base = useQuery(trpc.workflows.get.queryOptions({ id, query: { version: draft.version } }))
  const versions = useQuery(trpc.workflows.versions.queryOptions({ id }))
  const row = versions.data?.versions.find((each) => each.version === version)
  const text = theirs.data?.yaml
  const changes = useChanges(text, draft.text)
  return (
    <ConflictDialog
      open
      version={version}
      from={draft.version}
      mine={draft.text}
      theirs={text}
      base={base.data?.yaml}
      changes={changes}
      by={row?.created_by ?? null}
      message={row?.message ?? null}
      saving={saving}
      error={errorSentence(theirs.error ?? base.error)}
      onClose={onClose}
      onSaveMine={onSaveMine}
      onTakeTheirs={() => text !== undefined && onTake({ version, text })}
      onMerge={(merged) => text !== undefined && onMerge({ version, text }, merged)}
    />
  )
}
