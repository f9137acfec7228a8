'use client'
import type { ConfirmDialogProps } from './confirm-dialog-view.tsx'
import { lazyPart } from './lazy-part.ts'
import { OnDemand } from './on-demand.tsx'

const View = lazyPart(async () => (await import('./confirm-dialog-view.tsx')).ConfirmDialogView)

export function ConfirmDialog(props: ConfirmDialogProps) {
  return (
    <OnDemand open={props.open}>
      <View {...props} />
    </OnDemand>
  )
}
