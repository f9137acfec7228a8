import type { ReactNode } from 'react'
import { isJsonObject, type Json } from '#lib/json.ts'
import { VisibleText } from './visible-text.tsx'

/** JSON laid out for reading: nested names and values, long texts in full, nothing behind a click. */
export function JsonView({ value }: { readonly value: Json }) {
  if (isJsonObject(value)) {
    const entries = Object.entries(value)
    if (entries.length === 0) return <Atom>{'{}'}</Atom>
    return (
      <dl className="grid min-w-0 gap-y-1.5">
        {entries.map(([key, item]) => (
          <Row key={key} name={key} value={item} />
        ))}
      </dl>
    )
  }
  if (Array.isArray(value)) return <List items={value} />
  return <Scalar value={value} />
}

function Row({ name, value }: { readonly name: string; readonly value: Json }) {
  const nested = (isJsonObject(value) || Array.isArray(value)) && Object.keys(value).length > 0
  return (
    <div className={nested ? 'min-w-0' : 'grid min-w-0 gap-x-3 sm:grid-cols-[minmax(6rem,11rem)_1fr]'}>
      <dt className="font-mono text-xs leading-5 text-ink-subtle">
        <VisibleText text={name} />
      </dt>
      <dd className={nested ? 'mt-1 min-w-0 border-l pl-3' : 'min-w-0'}>
        <JsonView value={value} />
      </dd>
    </div>
  )
}

function List({ items }: { readonly items: readonly Json[] }) {
  if (items.length === 0) return <Atom>[]</Atom>
  return (
    <ol className="grid min-w-0 gap-1.5">
      {items.map((item, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a list's place is what names its items
        <li key={i} className="flex min-w-0 gap-2">
          <span className="tabular w-5 shrink-0 text-right font-mono text-xs leading-5 text-ink-subtle">{i + 1}</span>
          <div className="min-w-0 flex-1">
            <JsonView value={item} />
          </div>
        </li>
      ))}
    </ol>
  )
}

function Scalar({ value }: { readonly value: Json }) {
  if (typeof value === 'string') {
    if (value === '') return <Atom>empty text</Atom>
    return (
      <p className="text-[0.8125rem] leading-5 whitespace-pre-wrap">
        <VisibleText text={value} />
      </p>
    )
  }
  return <span className="font-mono text-xs leading-5 text-accent-ink">{String(value)}</span>
}

function Atom({ children }: { readonly children: ReactNode }) {
  return <span className="font-mono text-xs leading-5 text-ink-subtle">{children}</span>
}
