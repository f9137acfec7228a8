'use client'
import { lazyPart } from '#components/ui/lazy-part.ts'
import { OnDemand } from '#components/ui/on-demand.tsx'
import type { ConflictDialogViewProps } from './conflict-dialog-view.tsx'

const View = lazyPart(async () => (await import('./conflict-dialog-view.tsx')).ConflictDialogView)

/** Comes with its code only when two people saved. */
export function ConflictDialog(props: ConflictDialogViewProps & { readonly open: boolean }) {
  return (
    <OnDemand open={props.open}>
      <View {...props} />
    </OnDemand>
  )
}
