'use client'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Dialog, DialogActions } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { Notice } from '#components/ui/notice.tsx'

export interface DeleteWorkflowViewProps {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly name: string
  /** Whether runs of it are under way; undefined while that is looked up. */
  readonly underWay: boolean | undefined
  readonly pending: boolean
  readonly error: string | null
  readonly onConfirm: () => void
}

/** Asks once; and for the name only where runs are under way, because then somebody may be counting on it. */
export function DeleteWorkflowView(props: DeleteWorkflowViewProps) {
  const { open, onOpenChange, name, underWay, pending, error, onConfirm } = props
  const [typed, setTyped] = useState('')
  const ready = underWay === false || (underWay === true && typed.trim() === name.trim())
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Delete this workflow?"
      description={`No new runs of “${name}” can begin. Runs under way go on, and the history of all runs stays.`}
    >
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          if (ready && !pending) onConfirm()
        }}
      >
        {error && <Notice tone="bad">{error}</Notice>}
        {underWay && (
          <Field label="Runs of it are under way. Type its name to delete it" help={<span dir="auto">{name}</span>}>
            {(control) => (
              <Input
                {...control}
                dir="auto"
                autoComplete="off"
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
              />
            )}
          </Field>
        )}
        <DialogActions>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button type="submit" variant="danger" disabled={!ready || pending}>
            Delete the workflow
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
