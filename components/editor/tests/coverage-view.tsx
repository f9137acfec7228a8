import { type Coverage, percent, wayWords } from '#lib/workflow/cases/report.ts'

interface CoverageViewProps {
  readonly coverage: Coverage
  readonly onStep: (step: string) => void
}

/** How much of the workflow the tests come to, and by name what they do not. */
export function CoverageView({ coverage: { steps, ways }, onStep }: CoverageViewProps) {
  return (
    <div className="grid gap-4 p-4">
      <h3 className="text-sm font-semibold">What the tests come to</h3>
      <Part
        name="Steps that ran"
        counts={steps}
        missed={steps.missed.map(({ step, line }) => ({ step, line, words: step }))}
        missing="Steps that no test runs"
        onStep={onStep}
      />
      <Part
        name="Ways that were taken"
        counts={ways}
        missed={ways.missed.map((way) => ({ step: way.from, line: way.line, words: wayWords(way) }))}
        missing="Ways that no test takes"
        onStep={onStep}
      />
    </div>
  )
}

interface PartProps {
  readonly name: string
  readonly counts: { readonly covered: number; readonly total: number }
  readonly missed: readonly { readonly step: string; readonly line: number; readonly words: string }[]
  readonly missing: string
  readonly onStep: (step: string) => void
}

function Part({ name, counts, missed, missing, onStep }: PartProps) {
  const { covered, total } = counts
  const share = percent(counts)
  return (
    <div className="grid gap-1.5 text-[0.8125rem]">
      <p className="flex items-baseline justify-between gap-3">
        <span>{name}</span>
        <span className="tabular text-ink-muted">
          {share} %, {covered} of {total}
        </span>
      </p>
      <div aria-hidden="true" className="h-1.5 overflow-hidden rounded-full bg-hover">
        <div style={{ width: `${share}%` }} className={`h-full ${share === 100 ? 'bg-good' : 'bg-warn'}`} />
      </div>
      {missed.length > 0 && (
        <ul aria-label={missing} className="-mx-2 grid">
          {missed.map(({ step, line, words }) => (
            <li key={words}>
              <button
                type="button"
                onClick={() => onStep(step)}
                className="flex min-h-7 w-full items-center gap-3 rounded px-2 py-1 text-start hover:bg-hover"
              >
                <span dir="auto" className="min-w-0 flex-1 font-mono text-xs break-words">
                  {words}
                </span>
                <span className="tabular shrink-0 text-xs text-ink-muted">
                  <span className="sr-only">line </span>
                  {line}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
