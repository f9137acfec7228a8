'use client'
import { Suspense, useEffect, useState } from 'react'
import { lazyPart } from './lazy-part.ts'
import { onToast } from './toast.ts'

const Toaster = lazyPart(async () => (await import('./toaster.tsx')).Toaster)

/** Where `toast` messages appear. Costs nothing until there is one. */
export function ToastOutlet() {
  const [wanted, setWanted] = useState(false)
  useEffect(() => (wanted ? undefined : onToast(() => setWanted(true))), [wanted])
  return wanted ? (
    <Suspense>
      <Toaster />
    </Suspense>
  ) : null
}
