'use client'
import { Button } from '#components/ui/button.tsx'
import { Dialog, DialogActions } from '#components/ui/dialog.tsx'
import type { JsonObject } from '#lib/json.ts'
import { AgainForm, type AgainFormProps } from './again-form.tsx'

export interface ForkDialogProps extends Pick<AgainFormProps, 'run' | 'inputs' | 'error' | 'problems'> {
  /** Where the other run begins. */
  readonly name: string
  readonly onClose: () => void
  readonly pending: boolean
  /** null: with the inputs of this run. */
  readonly onFork: (inputs: JsonObject | null) => void
}

/** Asks before another run is started from a step of this one, and with what. */
export function ForkDialog({ name, onClose, pending, onFork, ...form }: ForkDialogProps) {
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Start another run from here"
      description={`It begins at “${name}” with what the steps before it produced here. This run stays as it is.`}
    >
      <AgainForm {...form} onSubmit={onFork}>
        <DialogActions>
          <Button onClick={onClose}>Not now</Button>
          <Button type="submit" variant="primary" disabled={pending}>
            {pending ? 'Starting…' : 'Start the run'}
          </Button>
        </DialogActions>
      </AgainForm>
    </Dialog>
  )
}
