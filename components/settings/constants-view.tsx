'use client'
import { Braces } from 'lucide-react'
import { useState } from 'react'
import { Badge } from '#components/ui/badge.tsx'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { VisibleText } from '#components/ui/visible-text.tsx'
import type { Constant, SetConstant } from '#lib/contracts/settings.ts'
import type { Json } from '#lib/json.ts'
import { NamedValuesView } from './named-values-view.tsx'

export interface ConstantsViewProps {
  readonly constants: readonly Constant[] | undefined
  readonly canWrite: boolean
  readonly pending: boolean
  readonly error: string | null
  /** Loads it once more; absent where something else failed. */
  readonly onRetry?: (() => Promise<unknown>) | undefined
  /** Answers whether it was saved. */
  readonly onSet: (constant: SetConstant) => Promise<boolean>
  readonly onDelete: (name: string) => Promise<boolean>
}

export function ConstantsView({ constants, onSet, ...rest }: ConstantsViewProps) {
  const [sensitive, setSensitive] = useState(false)
  return (
    <NamedValuesView
      icon={Braces}
      noun={['constant', 'constants']}
      intro={
        <>
          Values every workflow can read as <code className="font-mono text-xs">static.name</code>; a workflow’s own{' '}
          <code className="font-mono text-xs">static:</code> wins over them. A change counts for runs started after it.
        </>
      }
      deleting="Workflows that read it cannot be started until it is set again. Runs that are under way keep it."
      column="Value"
      values={constants?.map((constant) => ({
        name: constant.name,
        shown: constant.sensitive ? <Badge>Sensitive, not shown</Badge> : <Value value={constant.value} />,
        updated_at: constant.updated_at,
        deletable: true,
      }))}
      secret={sensitive}
      onSet={async (name, value) => {
        const saved = await onSet({ name, value: readValue(value), sensitive })
        if (saved) setSensitive(false)
        return saved
      }}
      {...rest}
    >
      <label
        htmlFor="constant-sensitive"
        className="flex min-h-6 cursor-pointer items-center gap-2 text-[0.8125rem] text-ink-muted sm:col-span-3"
      >
        <Checkbox
          id="constant-sensitive"
          checked={sensitive}
          onChange={(event) => setSensitive(event.target.checked)}
        />
        Sensitive: never shown again, and allowed only where secrets are
      </label>
    </NamedValuesView>
  )
}

function Value({ value }: { readonly value: Json }) {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return (
    <code className="block truncate font-mono text-xs text-ink" title={text}>
      <VisibleText text={text} />
    </code>
  )
}

/** Numbers, lists and objects are written as JSON; everything else is the text it looks like. */
export function readValue(text: string): Json {
  const trimmed = text.trim()
  if (!/^(-?\d|\[|\{|true$|false$)/.test(trimmed)) return text
  try {
    const value = JSON.parse(trimmed) as Json
    // A number that would not come back as it was typed, e.g. a long account number, stays a text.
    return typeof value === 'number' && String(value) !== trimmed ? text : value
  } catch {
    // Not JSON after all, e.g. `2026-03-01` or `{{…`: then it is a text.
    return text
  }
}
