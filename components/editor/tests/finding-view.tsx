import { VisibleText } from '#components/ui/visible-text.tsx'
import type { Json } from '#lib/json.ts'
import type { CaseFinding } from '#lib/workflow/cases/report.ts'

interface FindingViewProps {
  readonly finding: CaseFinding
  readonly onJump: (line: number, column: number) => void
}

/** What is not as it should be: a way to its place, and what was found in place of what was expected. */
export function FindingView({ finding, onJump }: FindingViewProps) {
  const { line, column, what, message, expected, actual } = finding
  const compares = expected !== undefined || actual !== undefined
  return (
    <div className="min-w-0 rounded-md border bg-surface">
      <button
        type="button"
        onClick={() => onJump(line, column)}
        className="flex w-full items-start gap-2 rounded-md px-3 py-2 text-start hover:bg-hover focus-visible:-outline-offset-2"
      >
        <span className="min-w-0 flex-1 break-words">
          <code className="font-mono text-xs font-medium">{what}</code> <VisibleText text={message} />
        </span>
        <span className="tabular mt-px shrink-0 text-xs text-ink-muted">
          <span className="sr-only">line </span>
          {line}:{column}
        </span>
      </button>
      {compares && (
        <dl className="grid gap-px overflow-hidden rounded-b-md border-t bg-line sm:grid-cols-2">
          <Value name="Expected" value={expected} steps={what === 'path'} />
          <Value name="Found" value={actual} steps={what === 'path'} />
        </dl>
      )}
    </div>
  )
}

function Value({
  name,
  value,
  steps,
}: {
  readonly name: string
  readonly value: Json | undefined
  readonly steps: boolean
}) {
  return (
    <div className="min-w-0 bg-surface px-3 py-2">
      <dt className="mb-0.5 text-xs font-medium text-ink-subtle">{name}</dt>
      <dd className="min-w-0">
        {value === undefined ? <span className="text-ink-muted">Nothing</span> : <Shown value={value} steps={steps} />}
      </dd>
    </div>
  )
}

function Shown({ value, steps }: { readonly value: Json; readonly steps: boolean }) {
  return (
    <code dir="auto" className="block font-mono text-xs break-words whitespace-pre-wrap">
      {steps && Array.isArray(value) ? value.map(String).join(' → ') : JSON.stringify(value, null, 2)}
    </code>
  )
}
