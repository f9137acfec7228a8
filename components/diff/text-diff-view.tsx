'use client'
import { ChevronDown, ChevronUp } from 'lucide-react'
import { type KeyboardEvent, useMemo, useRef, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { diffRows, foldRows, tally } from './diff-rows.ts'
import { DiffTable } from './diff-table.tsx'
import type { TextDiffProps } from './text-diff.tsx'
import { useWide } from './use-wide.ts'

export function TextDiffView({ before, after, beforeLabel, afterLabel, prose = false }: TextDiffProps) {
  const wide = useWide()
  const frame = useRef<HTMLElement>(null)
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set())
  const rows = useMemo(() => diffRows(before, after), [before, after])
  const stretches = useMemo(() => foldRows(rows, opened), [rows, opened])
  const { added, removed } = useMemo(() => tally(rows), [rows])
  const blocks = rows.filter((row) => row.kind === 'changed' && row.first).length

  const step = (by: 1 | -1) => {
    const marks = [...(frame.current?.querySelectorAll<HTMLElement>('[data-change]') ?? [])]
    const at = marks.indexOf(document.activeElement as HTMLElement)
    const next = at < 0 ? (by > 0 ? 0 : marks.length - 1) : (at + by + marks.length) % marks.length
    marks[next]?.focus()
    marks[next]?.scrollIntoView({ block: 'center' })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.metaKey || event.ctrlKey || event.altKey) return
    if (event.key !== 'n' && event.key !== 'p') return
    event.preventDefault()
    step(event.key === 'n' ? 1 : -1)
  }
  if (blocks === 0) return <p className="px-4 py-6 text-sm text-ink-muted">The two texts are the same.</p>
  return (
    <section
      ref={frame}
      aria-label={`Differences between ${beforeLabel} and ${afterLabel}`}
      onKeyDown={onKeyDown}
      className="flex min-h-0 min-w-0 flex-col"
    >
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b px-3 py-1.5 text-xs text-ink-muted">
        <p className="tabular flex-1">
          {blocks === 1 ? 'One change' : `${blocks} changes`}: {lines(added)} added, {lines(removed)} removed
        </p>
        <div className="flex gap-1">
          <Button size="sm" variant="ghost" onClick={() => step(-1)} title="Previous change (p)">
            <ChevronUp aria-hidden="true" />
            Previous
          </Button>
          <Button size="sm" variant="ghost" onClick={() => step(1)} title="Next change (n)">
            <ChevronDown aria-hidden="true" />
            Next
          </Button>
        </div>
      </header>
      <section
        aria-label={`Lines of ${beforeLabel} and ${afterLabel}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
        className="min-h-0 flex-1 overflow-auto"
      >
        <DiffTable
          prose={prose}
          wide={wide}
          stretches={stretches}
          beforeLabel={beforeLabel}
          afterLabel={afterLabel}
          onOpen={(from) => setOpened(new Set([...opened, from]))}
        />
      </section>
    </section>
  )
}

function lines(count: number): string {
  return `${count} ${count === 1 ? 'line' : 'lines'}`
}
