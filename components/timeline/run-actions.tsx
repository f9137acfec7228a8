'use client'
import { Ban, Ellipsis, FileJson2, GitCompare, Play, RotateCcw, SquarePen, Workflow } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { usePaletteActions } from '#components/palette/use-palette-actions.ts'
import { Button } from '#components/ui/button.tsx'
import { DropdownMenu } from '#components/ui/dropdown-menu.tsx'
import { lazyPart } from '#components/ui/lazy-part.ts'
import { OnDemand } from '#components/ui/on-demand.tsx'
import type { RunDetail } from '#lib/contracts/runs.ts'

const RunCancel = lazyPart(async () => (await import('./run-cancel.tsx')).RunCancel)
const RunRetry = lazyPart(async () => (await import('./run-retry.tsx')).RunRetry)
const RunAgain = lazyPart(async () => (await import('./run-again.tsx')).RunAgain)

export type RunDialogName = 'cancel' | 'retry' | 'again'

interface RunActionsProps {
  readonly run: RunDetail
  /** Where the editor begins: the step that is looked at, or that failed; null: at the top. */
  readonly step: string | null
  readonly dialog: RunDialogName | null
  readonly onDialog: (dialog: RunDialogName | null) => void
  readonly onDone: () => Promise<void>
}

/** What the reader may do with a run: the likely next step as a button, the rest in a menu. */
export function RunActions({ run, step, dialog, onDialog, onDone }: RunActionsProps) {
  const { can } = run
  const editor = `/workflows/${run.workflow_id}/edit${step === null ? '' : `?step=${encodeURIComponent(step)}`}`
  const compare = `/runs/compare?a=${encodeURIComponent(run.run_id)}`
  const download = () => location.assign(`/api/v1/executions/${encodeURIComponent(run.run_id)}/export`)
  const router = useRouter()
  usePaletteActions([
    ...(can.retry ? [{ id: 'run-retry', label: 'Retry this run', icon: RotateCcw, run: () => onDialog('retry') }] : []),
    ...(can.start ? [{ id: 'run-again', label: 'Run this again', icon: Play, run: () => onDialog('again') }] : []),
    ...(can.cancel ? [{ id: 'run-cancel', label: 'Cancel this run', icon: Ban, run: () => onDialog('cancel') }] : []),
    ...(can.edit
      ? [{ id: 'run-edit', label: 'Open its workflow in the editor', icon: SquarePen, run: () => router.push(editor) }]
      : []),
    { id: 'run-compare', label: 'Compare with another run', icon: GitCompare, run: () => router.push(compare) },
    { id: 'run-export', label: 'Export this run as JSON', icon: FileJson2, run: download },
  ])
  return (
    <>
      {can.cancel && (
        <Button onClick={() => onDialog('cancel')}>
          <Ban aria-hidden="true" />
          Cancel
        </Button>
      )}
      {can.start && (
        <Button onClick={() => onDialog('again')}>
          <Play aria-hidden="true" />
          Run again
        </Button>
      )}
      {can.retry && (
        <Button variant="primary" onClick={() => onDialog('retry')}>
          <RotateCcw aria-hidden="true" />
          Retry
        </Button>
      )}
      <DropdownMenu
        trigger={
          <Button size="icon" aria-label="More about this run">
            <Ellipsis aria-hidden="true" />
          </Button>
        }
        items={[
          can.edit && { label: 'Open in editor', icon: SquarePen, href: editor },
          { label: 'Open the workflow', icon: Workflow, href: `/workflows/${run.workflow_id}` },
          { label: 'Compare with another run…', icon: GitCompare, href: compare },
          null,
          { label: 'Export JSON', icon: FileJson2, onSelect: download },
        ]}
      />
      <OnDemand open={dialog === 'cancel'}>
        <RunCancel run={run} onClose={() => onDialog(null)} onDone={onDone} />
      </OnDemand>
      <OnDemand open={dialog === 'retry'}>
        <RunRetry run={run} onClose={() => onDialog(null)} onDone={onDone} />
      </OnDemand>
      <OnDemand open={dialog === 'again'}>
        <RunAgain run={run} onClose={() => onDialog(null)} />
      </OnDemand>
    </>
  )
}
