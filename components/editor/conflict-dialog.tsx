'use client'
import { lazy } from 'react'
import { OnDemand } from '#components/ui/on-demand.tsx'
import type { ConflictDialogViewProps } from './conflict-dialog-view.tsx'

const View = lazy(async () => ({ default: (await import('./conflict-dialog-view.tsx')).ConflictDialogView }))

/** Comes with its code only when two people saved. */
export function ConflictDialog(props: ConflictDialogViewProps & { readonly open: boolean }) {
  return (
    <OnDemand open={props.open}>
      <View {...props} />
    </OnDemand>
  )
}
