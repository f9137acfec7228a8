'use client'
import { Search } from 'lucide-react'
import { usePaletteKeys } from '#components/palette/platform.ts'
import { Kbd } from '#components/ui/kbd.tsx'

/** Looks like the field it opens. */
export function SearchButton({ onClick }: { readonly onClick: () => void }) {
  return (
    <button
      type="button"
      onClick={onClick}
      aria-haspopup="dialog"
      className="flex h-8 w-full items-center gap-2 rounded-md border bg-surface ps-2 pe-1.5 text-start text-[0.8125rem] text-ink-subtle transition-colors hover:border-control hover:text-ink-muted"
    >
      <Search aria-hidden="true" className="size-4 shrink-0" />
      <span className="flex-1">Search</span>
      <Kbd keys={usePaletteKeys()} />
    </button>
  )
}
