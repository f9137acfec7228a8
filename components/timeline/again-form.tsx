import { type ReactNode, useId, useState } from 'react'
import type { Problem } from '#components/forms/problems.ts'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { Notice } from '#components/ui/notice.tsx'
import type { RunDetail } from '#lib/contracts/runs.ts'
import type { WorkflowInputs } from '#lib/contracts/workflows.ts'
import type { JsonObject } from '#lib/json.ts'
import { InputsForm } from './inputs-form.tsx'
import { changedInputs } from './retry-plan.ts'

export interface AgainFormProps {
  readonly run: Pick<RunDetail, 'inputs'>
  /** As in `InputsForm`. */
  readonly inputs: WorkflowInputs | null | undefined
  readonly error: string | null
  readonly problems: readonly Problem[]
  /** null: with the inputs of this run. */
  readonly onSubmit: (inputs: JsonObject | null) => void
  /** What else there is to choose. */
  readonly choices?: ReactNode
  /** The buttons. */
  readonly children: ReactNode
}

/** A run once more, in place or beside this one: with the inputs it had, or with others. */
export function AgainForm({ run, inputs, error, problems, onSubmit, choices, children }: AgainFormProps) {
  const [edits, setEdits] = useState(false)
  const editId = useId()
  const top = (
    <>
      {error && <Notice tone="bad">{error}</Notice>}
      {choices}
      <label htmlFor={editId} className="flex min-h-8 items-center gap-2.5 text-sm">
        <Checkbox id={editId} checked={edits} onChange={(event) => setEdits(event.target.checked)} />
        Change what the run began with
      </label>
    </>
  )
  if (edits) {
    return (
      <InputsForm
        inputs={inputs}
        values={run.inputs}
        problems={problems}
        onSubmit={(given) => onSubmit(changedInputs(run.inputs, given))}
        before={top}
      >
        {children}
      </InputsForm>
    )
  }
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit(null)
      }}
    >
      {top}
      {children}
    </form>
  )
}
