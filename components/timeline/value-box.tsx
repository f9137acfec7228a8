'use client'
import { type ReactNode, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { JsonView } from '#components/ui/json-view.tsx'
import { VisibleText } from '#components/ui/visible-text.tsx'
import type { Json } from '#lib/json.ts'

interface ValueBoxProps {
  readonly title: string
  readonly note?: ReactNode
  readonly value: Json
}

/** A value laid out for reading, or as the JSON it is; to copy. */
export function ValueBox({ title, note, value }: ValueBoxProps) {
  const [raw, setRaw] = useState(false)
  const text = JSON.stringify(value, null, 2)
  return (
    <Block
      title={title}
      note={note}
      actions={
        <>
          <Button size="sm" variant="ghost" aria-pressed={raw} onClick={() => setRaw(!raw)}>
            JSON
          </Button>
          <CopyButton text={text} variant="ghost" />
        </>
      }
    >
      {raw ? (
        <pre className="font-mono text-xs whitespace-pre-wrap">
          <VisibleText text={text} />
        </pre>
      ) : (
        <JsonView value={value} />
      )}
    </Block>
  )
}

interface BlockProps {
  readonly title: string
  readonly note?: ReactNode
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** Something to read, with its name above it. */
export function Block({ title, note, actions, children }: BlockProps) {
  return (
    <section className="min-w-0">
      <header className="mb-1 flex min-h-7 items-center gap-2">
        <h3 className="min-w-0 flex-1 text-xs font-medium text-ink-muted">
          {title}
          {note && <span className="font-normal"> · {note}</span>}
        </h3>
        {actions}
      </header>
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label={title}
        className="max-h-96 overflow-auto rounded-md border bg-sunken p-3"
      >
        {children}
      </section>
    </section>
  )
}

export function hasContent(value: Json): boolean {
  if (value === null) return false
  return typeof value !== 'object' || Object.keys(value).length > 0
}
