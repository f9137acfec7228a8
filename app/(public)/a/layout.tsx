import type { ReactNode } from 'react'
import { ViewerZone } from '../../viewer-zone.tsx'

export default function ApprovalLayout({ children }: { children: ReactNode }) {
  return <ViewerZone>{children}</ViewerZone>
}
