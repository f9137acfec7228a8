import { CircleCheck, CircleX, LoaderCircle, TriangleAlert } from 'lucide-react'
import type { WorkflowDiagnostic } from '#lib/contracts/common.ts'

interface ProblemsListProps {
  /** undefined until the text was checked for the first time. */
  readonly diagnostics: readonly WorkflowDiagnostic[] | undefined
  readonly checking: boolean
  readonly onJump: (line: number, column: number) => void
}

/** What is wrong with the text, each a way to its place. Changes are announced when the author pauses. */
export function ProblemsList({ diagnostics, checking, onJump }: ProblemsListProps) {
  return (
    <section aria-labelledby="problems" className="overflow-hidden rounded-lg border bg-surface">
      <header className="flex items-center justify-between gap-3 border-b px-3 py-2">
        <h2 id="problems" className="text-[0.8125rem] font-semibold">
          Problems
        </h2>
        <p role="status" className="flex items-center gap-1.5 text-xs text-ink-subtle">
          {checking && <LoaderCircle aria-hidden="true" className="size-3.5 animate-spin" />}
          {checking ? 'Checking' : diagnostics ? tally(diagnostics) : ''}
        </p>
      </header>
      {diagnostics?.length === 0 && (
        <p className="flex items-center gap-2 px-3 py-3 text-[0.8125rem] text-ink-muted">
          <CircleCheck aria-hidden="true" className="size-4 text-good" />
          This workflow can be saved.
        </p>
      )}
      {diagnostics && diagnostics.length > 0 && (
        <ul className="max-h-[48vh] divide-y overflow-y-auto">
          {diagnostics.map((diagnostic) => (
            <li key={`${diagnostic.line}:${diagnostic.column}:${diagnostic.code}:${diagnostic.message}`}>
              <Problem diagnostic={diagnostic} onJump={onJump} />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function Problem({
  diagnostic,
  onJump,
}: {
  readonly diagnostic: WorkflowDiagnostic
  readonly onJump: ProblemsListProps['onJump']
}) {
  const error = diagnostic.severity === 'error'
  const Icon = error ? CircleX : TriangleAlert
  return (
    <button
      type="button"
      onClick={() => onJump(diagnostic.line, diagnostic.column)}
      className="flex w-full gap-2 px-3 py-2 text-left text-[0.8125rem] hover:bg-hover"
    >
      <Icon aria-hidden="true" className={`mt-0.5 size-4 shrink-0 ${error ? 'text-bad' : 'text-warn'}`} />
      <span className="min-w-0 flex-1">
        <span className="sr-only">{error ? 'Error: ' : 'Warning: '}</span>
        <span>{diagnostic.message}</span>
        {diagnostic.hint && <span className="mt-0.5 block text-ink-muted">{diagnostic.hint}</span>}
        <span className="tabular mt-0.5 block font-mono text-xs break-all text-ink-subtle">
          line {diagnostic.line}, column {diagnostic.column}
          {diagnostic.path && ` · ${diagnostic.path}`}
        </span>
      </span>
    </button>
  )
}

function tally(diagnostics: readonly WorkflowDiagnostic[]): string {
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === 'error').length
  const warnings = diagnostics.length - errors
  const parts = [plural(errors, 'error'), plural(warnings, 'warning')].filter((part) => part !== null)
  return parts.length === 0 ? 'None' : parts.join(', ')
}

function plural(count: number, word: string): string | null {
  return count === 0 ? null : `${count} ${word}${count === 1 ? '' : 's'}`
}
