'use client'
import { usePathname, useSearchParams } from 'next/navigation'

/** Writes parameters into the address without a round trip; empty ones are left out. */
export function useReplaceParams(): (params: Readonly<Record<string, string | null>>) => void {
  const path = usePathname()
  const current = useSearchParams()
  return (params) => {
    const next = new URLSearchParams(current)
    for (const [name, value] of Object.entries(params)) {
      if (value === null || value === '') next.delete(name)
      else next.set(name, value)
    }
    const query = next.toString()
    window.history.replaceState(null, '', query === '' ? path : `${path}?${query}`)
  }
}
