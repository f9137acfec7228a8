'use client'
import { clsx } from 'clsx'
import { ChevronUp, CircleCheck, CircleX, LoaderCircle, TriangleAlert, Wrench } from 'lucide-react'
import { Button } from '#components/ui/button.tsx'
import type { WorkflowDiagnostic } from '#lib/contracts/common.ts'

interface ProblemsListProps {
  /** undefined until the text was checked for the first time. */
  readonly diagnostics: readonly WorkflowDiagnostic[] | undefined
  readonly checking: boolean
  /** Nothing looks at the text. */
  readonly silent?: boolean
  readonly open: boolean
  readonly onOpen: (open: boolean) => void
  readonly onJump: (line: number, column: number) => void
  readonly onFix: (diagnostics: readonly WorkflowDiagnostic[]) => void
}

/** What is wrong with the text, in a strip that opens: each a way to its place, and to its cure where one is known. */
export function ProblemsList(props: ProblemsListProps) {
  const { diagnostics, checking, silent = false, open, onOpen, onJump, onFix } = props
  const first = diagnostics?.[0]
  const fixable = diagnostics?.filter(({ fix }) => fix !== undefined) ?? []
  const shown = open && first !== undefined
  return (
    <section aria-labelledby="problems" className="shrink-0 border-t bg-surface">
      <header className="flex min-h-9 items-center gap-2 ps-3 pe-2">
        <h2 id="problems" className="shrink-0 text-[0.8125rem]">
          <button
            type="button"
            aria-expanded={shown}
            disabled={first === undefined}
            onClick={() => onOpen(!open)}
            className="flex h-7 items-center gap-1.5 rounded font-medium disabled:cursor-default"
          >
            <ChevronUp
              aria-hidden="true"
              className={clsx('size-4 text-ink-subtle transition-transform', shown && 'rotate-180', !first && 'hidden')}
            />
            Problems
          </button>
        </h2>
        <p role="status" className="flex shrink-0 items-center gap-1.5 text-xs text-ink-muted">
          <Sign diagnostics={diagnostics} checking={checking} />
          {diagnostics ? tally(diagnostics) : silent ? 'Not checked' : checking ? 'Checking' : null}
        </p>
        {!shown && first && (
          <button
            type="button"
            tabIndex={-1}
            aria-hidden="true"
            onClick={() => onJump(first.line, first.column)}
            className="min-w-0 flex-1 truncate text-start text-xs text-ink-muted max-sm:hidden"
          >
            <span className="tabular">Line {first.line}</span>: {first.message}
          </button>
        )}
        <span className="flex-1" />
        {fixable.length > 1 && (
          <Button size="sm" variant="ghost" onClick={() => onFix(fixable)}>
            <Wrench aria-hidden="true" />
            Fix all {fixable.length}
          </Button>
        )}
        {!shown && fixable.length === 1 && fixable[0] && (
          <Button size="sm" variant="ghost" title={fixable[0].fix?.title} onClick={() => onFix(fixable)}>
            <Wrench aria-hidden="true" />
            Fix
          </Button>
        )}
      </header>
      {shown && diagnostics && (
        <ul className="max-h-[32vh] overflow-y-auto border-t py-1">
          {diagnostics.map((diagnostic) => (
            <li key={`${diagnostic.line}:${diagnostic.column}:${diagnostic.code}:${diagnostic.message}`}>
              <Problem diagnostic={diagnostic} onJump={onJump} onFix={onFix} />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function Sign({ diagnostics, checking }: Pick<ProblemsListProps, 'diagnostics' | 'checking'>) {
  if (checking) return <LoaderCircle aria-hidden="true" className="size-3.5 animate-spin" />
  if (diagnostics === undefined) return null
  const [first] = diagnostics
  if (first === undefined) return <CircleCheck aria-hidden="true" className="size-3.5 text-good" />
  return first.severity === 'error' ? (
    <CircleX aria-hidden="true" className="size-3.5 text-bad" />
  ) : (
    <TriangleAlert aria-hidden="true" className="size-3.5 text-warn" />
  )
}

function Problem({
  diagnostic,
  onJump,
  onFix,
}: { readonly diagnostic: WorkflowDiagnostic } & Pick<ProblemsListProps, 'onJump' | 'onFix'>) {
  const error = diagnostic.severity === 'error'
  const Icon = error ? CircleX : TriangleAlert
  return (
    <div className="flex items-start gap-2 pe-2 hover:bg-sunken">
      <button
        type="button"
        onClick={() => onJump(diagnostic.line, diagnostic.column)}
        className="flex min-w-0 flex-1 gap-2 py-1.5 ps-3 text-start text-[0.8125rem] focus-visible:-outline-offset-2"
      >
        <Icon aria-hidden="true" className={clsx('mt-0.5 size-4 shrink-0', error ? 'text-bad' : 'text-warn')} />
        <span className="min-w-0 flex-1">
          <span className="sr-only">{error ? 'Error: ' : 'Warning: '}</span>
          <span>{diagnostic.message}</span>
          {diagnostic.hint && <span className="text-ink-muted"> {diagnostic.hint}</span>}
        </span>
        <span className="tabular mt-px shrink-0 text-xs text-ink-muted">
          <span className="sr-only">line </span>
          {diagnostic.line}:{diagnostic.column}
        </span>
      </button>
      {diagnostic.fix && (
        <Button size="sm" className="my-0.5" title={diagnostic.fix.title} onClick={() => onFix([diagnostic])}>
          Fix
          <span className="sr-only">: {diagnostic.fix.title}</span>
        </Button>
      )}
    </div>
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
