import type { WorkflowStep } from '#lib/contracts/workflows.ts'
import { stepLook } from './step-look.ts'
import { stepJumps, stepSummary } from './step-summary.ts'

/** The steps in the author's order, each in a line or two. */
export function StepsOutline({ steps, start }: { readonly steps: readonly WorkflowStep[]; readonly start: string }) {
  return (
    <ol className="rounded-lg border bg-surface">
      {steps.map((step, i) => {
        const { icon: Icon, label } = stepLook(step.type)
        const summary = stepSummary(step)
        const jumps = stepJumps(step, steps[i + 1]?.id ?? null)
        return (
          <li key={step.id} className="relative flex gap-3 border-b px-4 py-3 last:border-b-0">
            {i < steps.length - 1 && (
              <span aria-hidden="true" className="absolute top-11 -bottom-3 left-[1.9375rem] w-px bg-line" />
            )}
            <span className="relative z-10 grid size-8 shrink-0 place-items-center rounded-md border bg-sunken text-ink-muted">
              <Icon aria-hidden="true" className="size-4" />
            </span>
            <div className="min-w-0 flex-1">
              <p className="flex flex-wrap items-baseline gap-x-2">
                <span className="text-sm font-medium">{step.name ?? step.id}</span>
                <span className="text-xs text-ink-subtle">
                  {label}
                  {step.name && (
                    <>
                      {' · '}
                      <code className="font-mono">{step.id}</code>
                    </>
                  )}
                  {step.id === start && i > 0 && ' · begins here'}
                </span>
              </p>
              {summary && (
                <p className="line-clamp-2 text-[0.8125rem] text-ink-muted" title={summary}>
                  {summary}
                </p>
              )}
              {jumps.length > 0 && (
                <ul className="mt-1 flex flex-wrap gap-1.5">
                  {jumps.map((jump) => (
                    <li
                      key={jump}
                      className="max-w-full truncate rounded bg-hover px-1.5 py-px font-mono text-xs text-ink-muted"
                    >
                      {jump}
                    </li>
                  ))}
                </ul>
              )}
            </div>
          </li>
        )
      })}
    </ol>
  )
}
