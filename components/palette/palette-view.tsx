'use client'
import { Command, defaultFilter } from 'cmdk'
import { Search } from 'lucide-react'
import { Dialog } from 'radix-ui'
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react'
import { Kbd } from '#components/ui/kbd.tsx'
import { useFocusReturn } from '#components/ui/use-focus-return.ts'

export interface PaletteItem {
  readonly id: string
  readonly label: string
  readonly icon?: ReactNode
  /** A few quiet words at the end. */
  readonly hint?: ReactNode
  readonly keys?: readonly string[]
  readonly keywords?: string
  readonly run: () => void
}

export interface PaletteGroup {
  readonly label: string
  readonly items: readonly PaletteItem[]
  /** The server chose them by the query: they are not held to it again. */
  readonly found?: boolean
}

export interface PaletteViewProps {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly query: string
  readonly onQuery: (query: string) => void
  readonly groups: readonly PaletteGroup[]
  /** Whether more may still come for this query. */
  readonly searching: boolean
  /** Said in place of results where the search itself failed. */
  readonly error: string | null
}

export function PaletteView({ open, onOpenChange, query, onQuery, groups, searching, error }: PaletteViewProps) {
  const focusReturn = useFocusReturn()
  const shown = matching(groups, query)
  const { selected, ...selection } = useSelection(query, shown)
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="motion-fade fixed inset-0 z-40 bg-(--scrim)" />
        <Dialog.Content
          {...focusReturn}
          aria-describedby={undefined}
          className="motion-pop fixed inset-x-2 top-2 z-50 mx-auto flex max-h-[min(34rem,calc(100dvh-1rem))] max-w-xl flex-col overflow-hidden rounded-xl border bg-surface shadow-float outline-none sm:top-[12vh]"
        >
          <Dialog.Title className="sr-only">Search and commands</Dialog.Title>
          <Command
            label="Search and commands"
            shouldFilter={false}
            loop
            value={selected}
            {...selection}
            className="flex min-h-0 flex-col"
          >
            <div className="flex items-center gap-2.5 border-b px-4">
              <Search aria-hidden="true" className="size-4 shrink-0 text-ink-subtle" />
              <Command.Input
                value={query}
                onValueChange={onQuery}
                placeholder="Search, or type a command"
                className="h-12 w-full min-w-0 bg-transparent text-base outline-none placeholder:text-ink-subtle sm:text-sm"
              />
              <Kbd keys={['Esc']} className="max-sm:hidden" />
            </div>
            <Command.List
              label="Results"
              className="min-h-0 scroll-py-2 overflow-y-auto overscroll-contain p-1.5 has-[>[cmdk-list-sizer]:empty]:hidden"
            >
              {shown.map((group) => (
                <Group key={group.label} group={group} />
              ))}
            </Command.List>
            <Foot empty={shown.length === 0} query={query} searching={searching} error={error} />
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

const markOf = (group: PaletteGroup, item: PaletteItem): string => `${group.label}:${item.id}`

/** The first line, also when results come in above it, until the person chooses another; with a new query the first again. */
function useSelection(query: string, shown: readonly PaletteGroup[]) {
  const [picked, setPicked] = useState<{ readonly query: string; readonly value: string } | null>(null)
  const moves = useRef(false)
  const [group] = shown
  const first = group?.items[0] ? markOf(group, group.items[0]) : ''
  return {
    selected: picked?.query === query ? picked.value : first,
    // The library also moves the mark by itself, while it sees some of the lines only.
    onValueChange: (value: string) => {
      if (moves.current) setPicked({ query, value })
      moves.current = false
    },
    onKeyDownCapture: ({ key, ctrlKey }: KeyboardEvent) => {
      moves.current = ctrlKey || ['ArrowUp', 'ArrowDown', 'Home', 'End'].includes(key)
    },
    onKeyUpCapture: () => {
      moves.current = false
    },
    onPointerMoveCapture: () => {
      moves.current = true
    },
  }
}

/** Those that the words of the query fit, the best fit first. */
function matching(groups: readonly PaletteGroup[], query: string): readonly PaletteGroup[] {
  const words = query.trim()
  return groups
    .map((group) => {
      if (words === '' || group.found) return group
      const items = group.items
        .map((item) => ({ item, score: defaultFilter(item.label, words, item.keywords ? [item.keywords] : []) }))
        .filter(({ score }) => score > 0.05)
        .sort((a, b) => b.score - a.score)
      return { ...group, items: items.map(({ item }) => item) }
    })
    .filter(({ items }) => items.length > 0)
}

function Group({ group }: { readonly group: PaletteGroup }) {
  return (
    <Command.Group
      heading={group.label}
      className="pb-1.5 [&>[cmdk-group-heading]]:px-2.5 [&>[cmdk-group-heading]]:py-1.5 [&>[cmdk-group-heading]]:text-xs [&>[cmdk-group-heading]]:text-ink-subtle"
    >
      {group.items.map((item) => (
        <Command.Item
          key={item.id}
          value={markOf(group, item)}
          onSelect={item.run}
          className="flex min-h-9 cursor-pointer items-center gap-2.5 rounded-md px-2.5 py-1.5 text-sm select-none data-[selected=true]:bg-hover [&_svg]:size-4 [&_svg]:shrink-0"
        >
          <span className="grid w-4 place-items-center text-ink-subtle">{item.icon}</span>
          <span className="min-w-0 flex-1 truncate">
            <bdi>{item.label}</bdi>
          </span>
          {item.hint && <span className="max-w-[45%] shrink-0 truncate text-xs text-ink-subtle">{item.hint}</span>}
          {item.keys && <Kbd keys={item.keys} className="max-sm:hidden" />}
        </Command.Item>
      ))}
    </Command.Group>
  )
}

type FootProps = Pick<PaletteViewProps, 'query' | 'searching' | 'error'> & { readonly empty: boolean }

/** What there is to say beside the results. */
function Foot({ empty, query, searching, error }: FootProps) {
  const words = error ?? (searching ? 'Searching…' : empty ? `Nothing fits “${query.trim()}”.` : null)
  return (
    <div role="status" aria-live="polite">
      {words && <p className="border-t px-4 py-3 text-[0.8125rem] text-ink-subtle">{words}</p>}
    </div>
  )
}
