'use client'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Dialog, DialogActions } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Select } from '#components/ui/select.tsx'
import { VisibleText } from '#components/ui/visible-text.tsx'
import type { RunDetail } from '#lib/contracts/runs.ts'
import type { JsonObject } from '#lib/json.ts'
import { AgainForm, type AgainFormProps } from './again-form.tsx'
import { type RetryPlan, retryPlan, stoppedAt } from './retry-plan.ts'

export interface RetryDialogProps extends Pick<AgainFormProps, 'inputs' | 'error' | 'problems'> {
  readonly run: Pick<RunDetail, 'workflow' | 'steps' | 'error' | 'inputs'>
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly pending: boolean
  /** `fromStep` null: where it stopped; `inputs` null: as they were. */
  readonly onRetry: (fromStep: string | null, inputs: JsonObject | null) => void
}

/** Where a run is taken up again and with what, and what of it stays. */
export function RetryDialog({ run, open, onOpenChange, pending, onRetry, ...form }: RetryDialogProps) {
  const [from, setFrom] = useState('')
  const step = from === '' ? null : from
  const name = (id: string) => run.workflow.steps.find((each) => each.id === id)?.name ?? id
  const stopped = stoppedAt(run)
  const reached = run.workflow.steps.filter(({ id }) => run.steps.some((attempt) => attempt.step_id === id))
  const choices = (
    <>
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
    </>
  )
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Retry this run">
      <AgainForm {...form} run={run} choices={choices} onSubmit={(inputs) => onRetry(step, inputs)}>
        <DialogActions>
          <Button onClick={() => onOpenChange(false)}>Not now</Button>
          <Button type="submit" variant="primary" disabled={pending}>
            {pending ? 'Retrying…' : 'Retry'}
          </Button>
        </DialogActions>
      </AgainForm>
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
