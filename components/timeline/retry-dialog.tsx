'use client'
import { useId, useState } from 'react'
import type { Problem } from '#components/forms/problems.ts'
import { Button } from '#components/ui/button.tsx'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { Dialog, DialogActions } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Select } from '#components/ui/select.tsx'
import { VisibleText } from '#components/ui/visible-text.tsx'
import type { RunDetail } from '#lib/contracts/runs.ts'
import type { WorkflowInputs } from '#lib/contracts/workflows.ts'
import type { JsonObject } from '#lib/json.ts'
import { InputsForm } from './inputs-form.tsx'
import { changedInputs, type RetryPlan, retryPlan, stoppedAt } from './retry-plan.ts'

export interface RetryDialogProps {
  readonly run: Pick<RunDetail, 'workflow' | 'steps' | 'error' | 'inputs'>
  /** As in `InputsForm`. */
  readonly inputs: WorkflowInputs | null | undefined
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly pending: boolean
  readonly error: string | null
  readonly problems: readonly Problem[]
  /** `fromStep` null: where it stopped; `inputs` null: as they were. */
  readonly onRetry: (fromStep: string | null, inputs: JsonObject | null) => void
}

/** Where a run is taken up again and with what, and what of it stays. */
export function RetryDialog(props: RetryDialogProps) {
  const { run, inputs, open, onOpenChange, pending, error, problems, onRetry } = props
  const [from, setFrom] = useState('')
  const [edits, setEdits] = useState(false)
  const editId = useId()
  const step = from === '' ? null : from
  const name = (id: string) => run.workflow.steps.find((each) => each.id === id)?.name ?? id
  const stopped = stoppedAt(run)
  const reached = run.workflow.steps.filter(({ id }) => run.steps.some((attempt) => attempt.step_id === id))
  const top = (
    <>
      {error && <Notice tone="bad">{error}</Notice>}
      <Field label="Begin at">
        {(control) => (
          <Select {...control} value={from} onChange={(event) => setFrom(event.target.value)}>
            <option value="">Where it stopped{stopped ? ` (${name(stopped)})` : ''}</option>
            {reached.map((each) => (
              <option key={each.id} value={each.id}>
                {each.name ?? each.id}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Plan plan={retryPlan(run, step)} name={name} />
      <label htmlFor={editId} className="flex min-h-8 items-center gap-2.5 text-sm">
        <Checkbox id={editId} checked={edits} onChange={(event) => setEdits(event.target.checked)} />
        Change what the run began with
      </label>
    </>
  )
  const buttons = (
    <DialogActions>
      <Button onClick={() => onOpenChange(false)}>Not now</Button>
      <Button type="submit" variant="primary" disabled={pending}>
        {pending ? 'Retrying…' : 'Retry'}
      </Button>
    </DialogActions>
  )
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Retry this run">
      {edits ? (
        <InputsForm
          inputs={inputs}
          values={run.inputs}
          problems={problems}
          onSubmit={(given) => onRetry(step, changedInputs(run.inputs, given))}
          before={top}
        >
          {buttons}
        </InputsForm>
      ) : (
        <form
          className="grid gap-4"
          onSubmit={(event) => {
            event.preventDefault()
            onRetry(step, null)
          }}
        >
          {top}
          {buttons}
        </form>
      )}
    </Dialog>
  )
}

function Plan({ plan, name }: { readonly plan: RetryPlan; readonly name: (id: string) => string }) {
  return (
    <dl className="grid gap-2 rounded-md border bg-sunken px-3 py-2.5 text-[0.8125rem] sm:grid-cols-[6rem_minmax(0,1fr)]">
      <dt className="text-ink-muted">Stays</dt>
      <dd>{plan.kept.length === 0 ? 'Nothing' : <Names ids={plan.kept} name={name} />}</dd>
      <dt className="text-ink-muted">Runs again</dt>
      <dd>{plan.again.length === 0 ? 'What comes next' : <Names ids={plan.again} name={name} />}</dd>
    </dl>
  )
}

function Names({ ids, name }: { readonly ids: readonly string[]; readonly name: (id: string) => string }) {
  const shown = ids.slice(0, 8)
  return (
    <>
      {shown.map((id, i) => (
        <span key={id}>
          {i > 0 && ', '}
          <VisibleText text={name(id)} />
        </span>
      ))}
      {ids.length > shown.length && ` and ${ids.length - shown.length} more`}
    </>
  )
}
