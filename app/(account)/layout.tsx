import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { ThemeProvider } from '#components/theme.tsx'
import { ViewerZone } from '../viewer-zone.tsx'

export default async function AccountLayout({ children }: { children: ReactNode }) {
  return (
    <ThemeProvider nonce={(await headers()).get('x-nonce') ?? undefined}>
      <ViewerZone>{children}</ViewerZone>
    </ThemeProvider>
  )
}
