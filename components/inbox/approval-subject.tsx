import { clsx } from 'clsx'
import { Sparkles, User } from 'lucide-react'
import { JsonView } from '#components/ui/json-view.tsx'
import { VisibleText } from '#components/ui/visible-text.tsx'
import type { ValueSource } from '#lib/contracts/common.ts'
import type { Json, JsonObject } from '#lib/json.ts'

interface ApprovalSubjectProps {
  readonly show: JsonObject
  readonly provenance: Readonly<Record<string, ValueSource>>
}

/** Exactly what is approved, value by value. What a model wrote stands in a box that says so. */
export function ApprovalSubject({ show, provenance }: ApprovalSubjectProps) {
  const entries = inReadingOrder({ show, provenance })
  if (entries.length === 0) {
    return (
      <p className="text-sm text-ink-muted">This request shows no data: only its title and message are approved.</p>
    )
  }
  return (
    <dl className="grid gap-3">
      {entries.map(([key, value]) => {
        const source = Object.hasOwn(provenance, key) ? provenance[key] : undefined
        const byAi = source === 'ai'
        return (
          <div
            key={key}
            className={clsx('min-w-0 rounded-lg border p-3.5', byAi ? 'border-accent/50 bg-accent-soft' : 'bg-surface')}
          >
            <dt className="mb-1.5 flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
              <span className="font-mono text-xs font-medium break-all text-ink-muted">
                <VisibleText text={key} />
              </span>
              <Source source={source} />
            </dt>
            <dd className="min-w-0">
              {value === null ? (
                <span className="text-[0.8125rem] text-ink-subtle">(empty)</span>
              ) : (
                <JsonView value={value} />
              )}
            </dd>
          </div>
        )
      })}
    </dl>
  )
}

const ORDER: readonly (ValueSource | undefined)[] = ['person', undefined, 'call', 'pure', 'decision', 'ai']

/**
 * The database keeps no order of keys. What people entered comes first and what AI made of it after that, each from the
 * shortest to the longest: a title before its text.
 */
function inReadingOrder({ show, provenance }: ApprovalSubjectProps): [string, Json][] {
  const sourceOf = (key: string) => (Object.hasOwn(provenance, key) ? provenance[key] : undefined)
  return Object.entries(show).toSorted(
    ([a, first], [b, second]) =>
      ORDER.indexOf(sourceOf(a)) - ORDER.indexOf(sourceOf(b)) ||
      JSON.stringify(first).length - JSON.stringify(second).length,
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
    <span
      className={clsx(
        'flex items-center gap-1 text-xs',
        source === 'ai' ? 'font-medium text-accent-ink' : 'text-ink-subtle',
      )}
    >
      {Icon && <Icon aria-hidden="true" className="size-3.5" />}
      {WORDS[source]}
    </span>
  )
}
