import { type ReactNode, Suspense } from 'react'

/** Around a lazy dialog: its code is fetched when it is first opened, because most visits to a page open none. */
export function OnDemand({ open, children }: { readonly open: boolean; readonly children: ReactNode }) {
  return open ? <Suspense>{children}</Suspense> : null
}
