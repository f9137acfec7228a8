'use client'
import { usePathname, useRouter } from 'next/navigation'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { NAV_ITEMS, navFor } from '#components/shell/nav-items.ts'
import { lazyPart } from '#components/ui/lazy-part.ts'
import { OnDemand } from '#components/ui/on-demand.tsx'
import type { Role } from '#lib/permissions.ts'
import { type Chord, type ChordState, pressKey, takesKeys } from './chords.ts'
import { rememberPage } from './recent-pages.ts'
import { singleKeysOn } from './single-keys.ts'

const Palette = lazyPart(async () => (await import('./palette.tsx')).Palette)
const KeyboardHelp = lazyPart(async () => (await import('./keyboard-help.tsx')).KeyboardHelp)

export type PalettePart = 'palette' | 'help'

interface PaletteHostProps {
  readonly role: Role
  /** What is open; the shell's buttons open it too. */
  readonly part: PalettePart | null
  readonly onPart: (part: PalettePart | null) => void
  readonly onTheme: (theme: 'light' | 'dark' | 'system') => void
  readonly onSignOut: () => void
}

/** Listens for the palette's keys everywhere in the app, and holds what they open. Its bulk comes when it is wanted. */
export function PaletteHost({ role, part, onPart, onTheme, onSignOut }: PaletteHostProps) {
  const router = useRouter()
  const [query, setQuery] = useState('')
  const chords = useRef<ChordState>({ held: null })
  useRecentPages()
  useFetchWhenIdle()

  const show = (next: PalettePart | null) => {
    setQuery('')
    onPart(next)
  }
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if ((event.metaKey || event.ctrlKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k') {
      claim(event)
      show(part === 'palette' ? null : 'palette')
      return
    }
    const plain = !event.metaKey && !event.ctrlKey && !event.altKey && !event.isComposing && !event.repeat
    if (plain && part === 'palette' && event.key.length === 1 && !takesKeys(event.target)) {
      // Typed before the field was there to take it.
      claim(event)
      setQuery(query + event.key)
      return
    }
    if (!plain || part !== null || event.key.length !== 1 || takesKeys(event.target) || !singleKeysOn()) return
    const [next, outcome] = pressKey(chords.current, event.key, event.timeStamp, chordsOf(role))
    chords.current = next
    if (outcome.kind === 'pass') return
    claim(event)
    if (outcome.kind === 'go') router.push(outcome.href)
    if (outcome.kind === 'help') show('help')
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event)
    // Before the page's own listeners: the second letter of a sequence is not theirs.
    window.addEventListener('keydown', listen, { capture: true })
    return () => window.removeEventListener('keydown', listen, { capture: true })
  }, [])

  const close = (open: boolean) => {
    if (!open) show(null)
  }
  return (
    <>
      <OnDemand open={part === 'palette'}>
        <Palette
          open
          onOpenChange={close}
          query={query}
          onQuery={setQuery}
          role={role}
          onTheme={onTheme}
          onHelp={() => show('help')}
          onSignOut={onSignOut}
        />
      </OnDemand>
      <OnDemand open={part === 'help'}>
        <KeyboardHelp open onOpenChange={close} role={role} />
      </OnDemand>
    </>
  )
}

function claim(event: KeyboardEvent): void {
  event.preventDefault()
  event.stopImmediatePropagation()
}

function chordsOf(role: Role): readonly Chord[] {
  return navFor(role).map(({ key, label, href }) => ({ keys: ['g', key], label, href }))
}

/** Remembers pages by their heading, once it had time to appear. */
function useRecentPages(): void {
  const path = usePathname()
  useEffect(() => {
    if (NAV_ITEMS.some(({ href }) => href === path)) return
    const timer = setTimeout(() => {
      rememberPage({ href: path, title: document.querySelector('#content h1')?.textContent.trim() ?? '' })
    }, 1_500)
    return () => clearTimeout(timer)
  }, [path])
}

/** So that the first letters typed after ⌘K reach it. Not before the page is there. */
function useFetchWhenIdle(): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const later = () => {
      timer = setTimeout(() => Palette.preload(), 3_000)
    }
    if (document.readyState === 'complete') later()
    else window.addEventListener('load', later, { once: true })
    return () => {
      clearTimeout(timer)
      window.removeEventListener('load', later)
    }
  }, [])
}
