'use client'
import { Dialog } from 'radix-ui'
import { useMemo, useState } from 'react'
import { TextDiff } from '#components/diff/text-diff.tsx'
import { Button } from '#components/ui/button.tsx'
import { DialogClose } from '#components/ui/dialog-close.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { useFocusReturn } from '#components/ui/use-focus-return.ts'
import { ChangeList } from '#components/workflows/change-list.tsx'
import type { WorkflowChange } from '#lib/workflow/compare.ts'
import { mergeTexts } from './merge-texts.ts'

export interface ConflictDialogViewProps {
  /** The newest version, which somebody else saved. */
  readonly version: number
  /** The version that my text was begun from. */
  readonly from: number
  readonly mine: string
  /** undefined until it is there. */
  readonly theirs: string | undefined
  /** The text of `from`; undefined until it is there. */
  readonly base: string | undefined
  /** What mine does otherwise than theirs; null where that is not known. */
  readonly changes: readonly WorkflowChange[] | null
  /** Who saved it, where that is known, and what they wrote. */
  readonly by: string | null
  readonly message: string | null
  readonly saving: boolean
  readonly error: string | null
  readonly onClose: () => void
  readonly onSaveMine: () => void
  readonly onTakeTheirs: () => void
  /** Goes on editing this text, upon their version. */
  readonly onMerge: (text: string) => void
}

/** Two people saved: what differs, and three ways on. None of them loses a text. */
export function ConflictDialogView(props: ConflictDialogViewProps) {
  const { version, from, mine, theirs, base, changes, by, message, saving, error, onClose } = props
  const focusReturn = useFocusReturn()
  const merged = useMemo(
    () => (theirs === undefined || base === undefined ? undefined : mergeTexts(base, mine, theirs)),
    [base, mine, theirs],
  )
  const [previewing, setPreviewing] = useState(false)
  const preview = previewing && typeof merged === 'string' ? merged : null
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="motion-fade fixed inset-0 z-40 bg-(--scrim)" />
        <Dialog.Content
          {...focusReturn}
          className="motion-pop fixed inset-0 z-50 m-auto flex h-[min(46rem,100dvh)] max-w-6xl flex-col overflow-hidden bg-surface shadow-float outline-none sm:inset-4 sm:h-[min(46rem,92dvh)] sm:rounded-xl sm:border"
        >
          <header className="flex items-start gap-4 border-b px-4 py-3">
            <div className="min-w-0 flex-1">
              <Dialog.Title className="text-base font-semibold">
                Version {version} was saved while you were editing
              </Dialog.Title>
              <Dialog.Description className="mt-0.5 text-[0.8125rem] text-ink-muted">
                You began from version {from}. {by ? <bdi>{by}</bdi> : 'Somebody'} saved version {version}
                {message && (
                  <>
                    {' '}
                    with the note “<bdi>{message}</bdi>”
                  </>
                )}
                . Nothing was overwritten: choose how to go on.
              </Dialog.Description>
            </div>
            <DialogClose />
          </header>
          {error && (
            <Notice tone="bad" className="m-3">
              {error}
            </Notice>
          )}
          {preview === null && changes && (
            <section aria-label="What mine does otherwise" className="max-h-36 shrink-0 overflow-y-auto border-b">
              <ChangeList changes={changes} />
            </section>
          )}
          {preview !== null && (
            <p role="status" className="border-b px-4 py-2 text-[0.8125rem] text-ink-muted">
              This is version {version} with your changes put in. Nothing is saved yet.
            </p>
          )}
          <div className="flex min-h-0 flex-1 flex-col">
            {theirs === undefined ? (
              <SkeletonRows rows={6} label="Loading their text" />
            ) : (
              <TextDiff
                before={theirs}
                after={preview ?? mine}
                beforeLabel={`Theirs: version ${version}`}
                afterLabel={preview === null ? 'Mine, not saved' : 'Both together, not saved'}
              />
            )}
          </div>
          {preview === null ? (
            <footer className="flex flex-wrap items-center justify-end gap-2 border-t px-4 py-3">
              <p className="min-w-0 flex-1 basis-56 text-xs text-ink-muted">
                {merged === null
                  ? 'You both changed the same lines, so the texts cannot be put together by themselves.'
                  : 'Every version stays in the list of versions. A text you put aside can be brought back.'}
              </p>
              <Button onClick={props.onTakeTheirs} disabled={saving || theirs === undefined}>
                Take theirs
              </Button>
              {merged === null ? (
                <Button onClick={() => props.onMerge(mine)} disabled={saving}>
                  Keep editing mine
                </Button>
              ) : (
                <Button onClick={() => setPreviewing(true)} disabled={saving || merged === undefined}>
                  Put my changes into theirs
                </Button>
              )}
              <Button variant="primary" onClick={props.onSaveMine} disabled={saving}>
                {saving ? 'Saving…' : 'Save mine as the newest'}
              </Button>
            </footer>
          ) : (
            <footer className="flex flex-wrap items-center justify-end gap-2 border-t px-4 py-3">
              <Button autoFocus onClick={() => setPreviewing(false)}>
                Back
              </Button>
              <Button variant="primary" onClick={() => props.onMerge(preview)}>
                Edit this text
              </Button>
            </footer>
          )}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
