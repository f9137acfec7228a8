'use client'
import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { Dialog, DialogActions } from './dialog.tsx'
import { Notice } from './notice.tsx'

export interface ConfirmDialogProps {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly title: string
  /** What follows from it. */
  readonly description: ReactNode
  readonly confirm: string
  readonly pending: boolean
  readonly error: string | null
  readonly onConfirm: () => void
}

/** Asks before something that cannot be taken back. */
export function ConfirmDialogView(props: ConfirmDialogProps) {
  return (
    <Dialog open={props.open} onOpenChange={props.onOpenChange} title={props.title} description={props.description}>
      {props.error && <Notice tone="bad">{props.error}</Notice>}
      <DialogActions>
        <Button onClick={() => props.onOpenChange(false)}>Cancel</Button>
        <Button variant="danger" disabled={props.pending} onClick={props.onConfirm}>
          {props.confirm}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
