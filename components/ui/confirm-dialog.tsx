'use client'
import { lazy } from 'react'
import type { ConfirmDialogProps } from './confirm-dialog-view.tsx'
import { OnDemand } from './on-demand.tsx'

const View = lazy(async () => ({ default: (await import('./confirm-dialog-view.tsx')).ConfirmDialogView }))

export function ConfirmDialog(props: ConfirmDialogProps) {
  return (
    <OnDemand open={props.open}>
      <View {...props} />
    </OnDemand>
  )
}
