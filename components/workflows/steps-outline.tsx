import { clsx } from 'clsx'
import type { WorkflowStep } from '#lib/contracts/workflows.ts'
import { stepLook } from './step-look.ts'
import { stepJumps, stepSummary } from './step-summary.ts'

/** Deeper steps stand no further in, so that their names keep room on a phone. */
const MAX_INDENT = 3

interface StepsOutlineProps {
  readonly steps: readonly WorkflowStep[]
  readonly start: string
  readonly selected?: string | null
  readonly onSelect?: (step: string) => void
}

/** The steps in the author's order, each in a line or two. */
export function StepsOutline({ steps, start, selected = null, onSelect }: StepsOutlineProps) {
  const depths = depthsOf(steps)
  return (
    <ol className="overflow-hidden rounded-lg border bg-surface">
      {steps.map((step, i) => {
        const { icon: Icon, label } = stepLook(step.type)
        const summary = stepSummary(step)
        const jumps = stepJumps(step, followingOf(steps, i))
        const name = <bdi>{step.name ?? step.id}</bdi>
        const depth = depths.get(step.id) ?? 0
        const begins = beginsBlock(steps, i)
        return (
          <li
            key={step.id}
            id={`step-${step.id}`}
            style={{ paddingInlineStart: `${1 + Math.min(depth, MAX_INDENT) * 1.5}rem` }}
            className={clsx(
              'relative flex scroll-mt-24 gap-3 border-b py-3 pe-4 last:border-b-0',
              selected === step.id && 'bg-accent-soft',
            )}
          >
            <span className="grid size-8 shrink-0 place-items-center rounded-md border bg-sunken text-ink-muted">
              <Icon aria-hidden="true" className="size-4" />
            </span>
            <Lines depth={Math.min(depth, MAX_INDENT)} />
            <div className="min-w-0 flex-1">
              {begins && <p className="mb-0.5 text-xs font-medium text-ink-muted">{begins}</p>}
              <p className="flex flex-wrap items-baseline gap-x-2">
                {onSelect ? (
                  <button
                    type="button"
                    aria-current={selected === step.id ? 'true' : undefined}
                    onClick={() => onSelect(step.id)}
                    className="text-start text-sm font-medium after:absolute after:inset-0 hover:underline focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent-ink"
                  >
                    {name}
                  </button>
                ) : (
                  <span className="text-sm font-medium">{name}</span>
                )}
                <span className="text-xs text-ink-muted">
                  {label}
                  {step.name && (
                    <>
                      {' · '}
                      <code className="font-mono">{step.id}</code>
                    </>
                  )}
                  {step.id === start && i > 0 && ' · begins here'}
                  {step.inside && <span className="sr-only"> · in {placeOf(step.inside)}</span>}
                </span>
              </p>
              {summary && (
                <p dir="auto" className="line-clamp-2 text-[0.8125rem] text-ink-muted" title={summary}>
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

/** The next step of the same list: those inside a step stand between it and the one that follows it. */
function followingOf(steps: readonly WorkflowStep[], at: number): string | null {
  const place = (step: WorkflowStep | undefined) => step?.inside && placeOf(step.inside)
  return steps.slice(at + 1).find((step) => place(step) === place(steps[at]))?.id ?? null
}

function placeOf({ step, block }: NonNullable<WorkflowStep['inside']>): string {
  return block === 'steps' ? step : `${step}, ${block}`
}

/** How many steps each stands inside; those around a step come before it. */
function depthsOf(steps: readonly WorkflowStep[]): ReadonlyMap<string, number> {
  const depths = new Map<string, number>()
  for (const { id, inside } of steps) depths.set(id, inside ? (depths.get(inside.step) ?? 0) + 1 : 0)
  return depths
}

/** What the steps from here on are for, at the first of a branch or a loop; null elsewhere. */
function beginsBlock(steps: readonly WorkflowStep[], at: number): string | null {
  const inside = steps[at]?.inside
  if (!inside) return null
  const first = steps.findIndex((step) => step.inside?.step === inside.step && step.inside.block === inside.block)
  if (first !== at) return null
  return inside.block === 'steps' ? 'For each item' : `Branch ${inside.block}`
}

/** One for each step around, so that the eye finds where a branch ends. */
function Lines({ depth }: { readonly depth: number }) {
  return Array.from({ length: depth }, (_, i) => (
    <span
      // biome-ignore lint/suspicious/noArrayIndexKey: lines are alike and never move
      key={i}
      aria-hidden="true"
      style={{ insetInlineStart: `${2 + i * 1.5}rem` }}
      className="absolute inset-y-0 w-px bg-line"
    />
  ))
}
