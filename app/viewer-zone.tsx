import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { ViewerTime } from '#components/ui/viewer-time.tsx'
import { timeZoneIn } from '#lib/time-zone-cookie.ts'

/** Around pages without an account: times stand in the zone the browser has told, and it is told to the server. */
export async function ViewerZone({ children }: { readonly children: ReactNode }) {
  const zone = timeZoneIn((await headers()).get('cookie')) ?? 'UTC'
  return (
    <ViewerTime zone={zone} now={Date.now()}>
      {children}
    </ViewerTime>
  )
}
