'use client'
import { useId, useState } from 'react'
import type { Problem } from '#components/forms/problems.ts'
import { Button } from '#components/ui/button.tsx'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { Dialog, DialogActions } from '#components/ui/dialog.tsx'
import { Notice } from '#components/ui/notice.tsx'
import type { RunDetail } from '#lib/contracts/runs.ts'
import type { WorkflowInputs } from '#lib/contracts/workflows.ts'
import type { JsonObject } from '#lib/json.ts'
import { InputsForm } from './inputs-form.tsx'
import { changedInputs } from './retry-plan.ts'

export interface ForkDialogProps {
  readonly run: Pick<RunDetail, 'inputs'>
  /** Where the other run begins. */
  readonly name: string
  /** As in `InputsForm`. */
  readonly inputs: WorkflowInputs | null | undefined
  readonly onClose: () => void
  readonly pending: boolean
  readonly error: string | null
  readonly problems: readonly Problem[]
  /** null: with the inputs of this run. */
  readonly onFork: (inputs: JsonObject | null) => void
}

/** Asks before another run is started from a step of this one, and with what. */
export function ForkDialog({ run, name, inputs, onClose, pending, error, problems, onFork }: ForkDialogProps) {
  const [edits, setEdits] = useState(false)
  const editId = useId()
  const top = (
    <>
      {error && <Notice tone="bad">{error}</Notice>}
      <label htmlFor={editId} className="flex min-h-8 items-center gap-2.5 text-sm">
        <Checkbox id={editId} checked={edits} onChange={(event) => setEdits(event.target.checked)} />
        Change what the run began with
      </label>
    </>
  )
  const buttons = (
    <DialogActions>
      <Button onClick={onClose}>Not now</Button>
      <Button type="submit" variant="primary" disabled={pending}>
        {pending ? 'Starting…' : 'Start the run'}
      </Button>
    </DialogActions>
  )
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Start another run from here"
      description={`It begins at “${name}” with what the steps before it produced here. This run stays as it is.`}
    >
      {edits ? (
        <InputsForm
          inputs={inputs}
          values={run.inputs}
          problems={problems}
          onSubmit={(given) => onFork(changedInputs(run.inputs, given))}
          before={top}
        >
          {buttons}
        </InputsForm>
      ) : (
        <form
          className="grid gap-4"
          onSubmit={(event) => {
            event.preventDefault()
            onFork(null)
          }}
        >
          {top}
          {buttons}
        </form>
      )}
    </Dialog>
  )
}
