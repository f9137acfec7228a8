import { ChevronRight, CircleCheck, CircleX } from 'lucide-react'
import { span } from '#components/ui/time-format.ts'
import { VisibleText } from '#components/ui/visible-text.tsx'
import type { CaseReport } from '#lib/workflow/cases/report.ts'
import { FindingView } from './finding-view.tsx'

interface CaseItemProps {
  readonly case: CaseReport
  readonly onJump: (line: number, column: number) => void
}

/** One test: whether it passes, and inside it why not, the path that was taken and the mails that would go out. */
export function CaseItem({ case: one, onJump }: CaseItemProps) {
  const { name, line, passed, findings, took_ms, path, mails } = one
  const Icon = passed ? CircleCheck : CircleX
  return (
    <details open={!passed} className="group">
      <summary className="flex min-h-10 list-none items-start gap-2.5 px-4 py-2.5 text-[0.8125rem] hover:bg-sunken focus-visible:-outline-offset-2 [&::-webkit-details-marker]:hidden">
        <Icon aria-hidden="true" className={`mt-0.5 size-4 shrink-0 ${passed ? 'text-good' : 'text-bad'}`} />
        <span className="min-w-0 flex-1">
          <span className="sr-only">{passed ? 'Passes: ' : 'Fails: '}</span>
          <span className="font-medium" dir="auto">
            <VisibleText text={name} />
          </span>
        </span>
        {took_ms >= 60_000 && (
          <span className="tabular mt-px shrink-0 text-xs text-ink-subtle">
            {span(took_ms)}
            <span className="sr-only"> by the virtual clock</span>
          </span>
        )}
        <ChevronRight
          aria-hidden="true"
          className="mt-0.5 size-4 shrink-0 text-ink-subtle transition-transform group-open:rotate-90 motion-reduce:transition-none rtl:-scale-x-100"
        />
      </summary>
      <div className="grid gap-3 bg-sunken/60 px-4 py-3 text-[0.8125rem]">
        {findings.map((finding) => (
          <FindingView key={`${finding.line}:${finding.column}:${finding.what}`} finding={finding} onJump={onJump} />
        ))}
        <dl className="grid gap-2">
          {path.length > 0 && (
            <div>
              <dt className="text-xs font-medium text-ink-subtle">Path</dt>
              <dd dir="auto" className="font-mono text-xs break-words">
                {path.join(' → ')}
              </dd>
            </div>
          )}
          {mails.length > 0 && (
            <div>
              <dt className="text-xs font-medium text-ink-subtle">Mails</dt>
              {mails.map(({ to, subject, kind, at }) => (
                <dd key={`${at} ${to} ${kind} ${subject}`} className="break-words">
                  <bdi className="font-medium">{to}</bdi>: <VisibleText text={subject} />
                </dd>
              ))}
            </div>
          )}
        </dl>
        <div>
          <button
            type="button"
            onClick={() => onJump(line, 1)}
            className="min-h-6 rounded text-accent-ink hover:underline"
          >
            Go to line {line}
          </button>
        </div>
      </div>
    </details>
  )
}
