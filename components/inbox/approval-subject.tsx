import { clsx } from 'clsx'
import { Sparkles, User } from 'lucide-react'
import type { ReactNode } from 'react'
import { VisibleText } from '#components/ui/visible-text.tsx'
import type { ValueSource } from '#lib/contracts/common.ts'
import type { Json, JsonObject } from '#lib/json.ts'
import { ShownValue } from './shown-value.tsx'
import { labelOf } from './value-words.ts'

interface ApprovalSubjectProps {
  /** In the author's order. */
  readonly show: JsonObject
  readonly provenance: Readonly<Record<string, ValueSource>>
  /** How a long text is shown; in full unless told otherwise. */
  readonly text?: (text: string) => ReactNode
  /** In place of the value, e.g. what changed in it; null: the value itself. */
  readonly instead?: (key: string) => ReactNode
}

/** Exactly what is approved, value by value. What a model wrote has a mark that says so. */
export function ApprovalSubject({ show, provenance, text, instead }: ApprovalSubjectProps) {
  const entries = Object.entries(show)
  if (entries.length === 0) {
    return (
      <p className="text-sm text-ink-muted">This request shows no data: only its title and message are approved.</p>
    )
  }
  return (
    <dl className="divide-y overflow-clip rounded-lg border bg-surface [--fold:var(--surface)]">
      {entries.map(([key, value]) => {
        const source = Object.hasOwn(provenance, key) ? provenance[key] : undefined
        return (
          <Shown key={key} name={key} source={source}>
            {instead?.(key) ?? <ShownValue value={value as Json} {...(text ? { text } : {})} />}
          </Shown>
        )
      })}
    </dl>
  )
}

interface ShownProps {
  readonly name: string
  readonly source: ValueSource | undefined
  readonly children: ReactNode
}

function Shown({ name, source, children }: ShownProps) {
  return (
    <div
      className={clsx('min-w-0 border-s-2 px-3.5 py-2.5', source === 'ai' ? 'border-s-accent' : 'border-s-transparent')}
    >
      <dt className="mb-0.5 flex flex-wrap items-center justify-between gap-x-3 gap-y-0.5">
        <span title={name} className="text-xs font-medium text-ink-muted">
          <VisibleText text={labelOf(name)} />
        </span>
        <Source source={source} />
      </dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  )
}

const WORDS: Readonly<Record<ValueSource, string>> = {
  ai: 'Written by AI',
  person: 'Entered by a person',
  call: 'From another system',
  decision: 'Decided by people',
  pure: 'Computed by the workflow',
}

function Source({ source }: { readonly source: ValueSource | undefined }) {
  if (source === undefined) return null
  const Icon = source === 'ai' ? Sparkles : source === 'person' ? User : null
  return (
    <span className={clsx('flex items-center gap-1 text-xs', source === 'ai' ? 'text-accent-ink' : 'text-ink-subtle')}>
      {Icon && <Icon aria-hidden="true" className="size-3.5" />}
      {WORDS[source]}
    </span>
  )
}
