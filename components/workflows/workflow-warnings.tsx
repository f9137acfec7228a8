import { ChevronRight, Info } from 'lucide-react'
import Link from 'next/link'
import type { WorkflowDiagnostic } from '#lib/contracts/common.ts'

/** What is worth knowing of a text that was saved all the same; closed until somebody asks. */
export function WorkflowWarnings({
  base,
  warnings,
}: {
  /** The address of the text; a line is added to it. */
  readonly base: string
  readonly warnings: readonly WorkflowDiagnostic[]
}) {
  if (warnings.length === 0) return null
  return (
    <details className="group rounded-md border bg-sunken text-[0.8125rem]">
      <summary className="flex min-h-9 list-none items-center gap-2 px-3 [&::-webkit-details-marker]:hidden">
        <Info aria-hidden="true" className="size-4 shrink-0 text-warn" />
        <span className="flex-1 font-medium">
          {warnings.length === 1 ? 'One thing to know' : `${warnings.length} things to know`} about this workflow
        </span>
        <ChevronRight aria-hidden="true" className="size-4 text-ink-subtle transition-transform group-open:rotate-90" />
      </summary>
      <ul className="grid gap-1 border-t px-3 py-2">
        {warnings.map((warning) => (
          <li key={`${warning.line}:${warning.column}:${warning.code}`} className="flex gap-2 text-ink-muted">
            <Link
              href={`${base}#L${warning.line}`}
              className="tabular inline-flex min-h-6 shrink-0 items-center text-xs underline underline-offset-2 hover:text-ink"
            >
              Line {warning.line}
            </Link>
            <span className="min-w-0 py-0.5">{warning.message}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}
