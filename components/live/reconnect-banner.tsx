'use client'
import { usePathname } from 'next/navigation'
import { ReconnectBannerView } from './reconnect-banner-view.tsx'
import { useConnection } from './use-live.ts'

export function ReconnectBanner() {
  return <ReconnectBannerView connection={useConnection()} path={usePathname()} />
}
