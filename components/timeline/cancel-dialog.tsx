'use client'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Dialog, DialogActions } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Textarea } from '#components/ui/textarea.tsx'

export interface CancelDialogProps {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly pending: boolean
  readonly error: string | null
  readonly onCancelRun: (reason: string) => void
}

export function CancelDialog({ open, onOpenChange, pending, error, onCancelRun }: CancelDialogProps) {
  const [reason, setReason] = useState('')
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Cancel this run?"
      description="Nothing new begins. Links that were mailed stop working; what is done stays done."
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          onCancelRun(reason)
        }}
      >
        {error && (
          <Notice tone="bad" className="mb-3">
            {error}
          </Notice>
        )}
        <Field label="Reason" optional help="Stands in the history.">
          {(control) => (
            <Textarea
              {...control}
              rows={2}
              maxLength={1000}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
        <DialogActions>
          <Button onClick={() => onOpenChange(false)}>Keep it running</Button>
          <Button type="submit" variant="danger" disabled={pending}>
            {pending ? 'Canceling…' : 'Cancel the run'}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
