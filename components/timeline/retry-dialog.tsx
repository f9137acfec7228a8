'use client'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Dialog, DialogActions } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Select } from '#components/ui/select.tsx'
import type { RunDetail } from '#lib/contracts/runs.ts'

export interface RetryDialogProps {
  readonly run: Pick<RunDetail, 'workflow' | 'steps' | 'error'>
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly pending: boolean
  readonly error: string | null
  /** null: where it stopped. */
  readonly onRetry: (fromStep: string | null) => void
}

export function RetryDialog({ run, open, onOpenChange, pending, error, onRetry }: RetryDialogProps) {
  const [from, setFrom] = useState('')
  const reached = run.workflow.steps.filter((step) => run.steps.some((entry) => entry.step_id === step.id))
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Retry this run"
      description="Steps that were done before it stay as they are, and so do the decisions people made."
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          onRetry(from === '' ? null : from)
        }}
      >
        {error && (
          <Notice tone="bad" className="mb-3">
            {error}
          </Notice>
        )}
        <Field label="Begin at">
          {(control) => (
            <Select {...control} value={from} onChange={(event) => setFrom(event.target.value)}>
              <option value="">Where it stopped{run.error?.step ? ` (${run.error.step})` : ''}</option>
              {reached.map((step) => (
                <option key={step.id} value={step.id}>
                  {step.name ?? step.id}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <DialogActions>
          <Button onClick={() => onOpenChange(false)}>Not now</Button>
          <Button type="submit" variant="primary" disabled={pending}>
            {pending ? 'Retrying…' : 'Retry'}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
