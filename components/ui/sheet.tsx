'use client'
import { lazyPart } from './lazy-part.ts'
import { OnDemand } from './on-demand.tsx'
import type { SheetProps } from './sheet-view.tsx'

const View = lazyPart(async () => (await import('./sheet-view.tsx')).SheetView)

/** A panel at the side of the page, the whole screen on phones. Its code comes when it is first opened. */
export function Sheet(props: SheetProps) {
  return (
    <OnDemand open={props.open}>
      <View {...props} />
    </OnDemand>
  )
}
