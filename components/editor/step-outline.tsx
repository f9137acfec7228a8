import { clsx } from 'clsx'
import { CircleAlert, ListTree } from 'lucide-react'
import { memo } from 'react'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { stepLook } from '#components/workflows/step-look.ts'
import type { OutlineStep } from '#lib/workflow/outline.ts'
import { stepId } from './editor-step.ts'

interface StepOutlineProps {
  /** The text is being looked at for the first time. */
  readonly reading: boolean
  readonly outline: readonly OutlineStep[]
  /** The step that the cursor is in. */
  readonly current: string | null
  readonly problems: ReadonlySet<string>
  readonly onSelect: (step: string) => void
}

/** The steps in the order of the text, each a way to its lines. */
export const StepOutline = memo(function StepOutline(props: StepOutlineProps) {
  const { reading, outline, current, problems, onSelect } = props
  if (reading && outline.length === 0) return <SkeletonRows rows={5} label="Reading the text" />
  if (outline.length === 0) {
    return (
      <EmptyState icon={ListTree} title="No steps yet">
        Steps appear here as soon as the text has some.
      </EmptyState>
    )
  }
  return (
    <ol aria-label="Steps" className="grid gap-0.5 p-2">
      {outline.map((step) => {
        const { icon: Icon, label } = stepLook(step.type)
        const id = stepId(step)
        return (
          <li key={`${id}:${step.line}`} style={{ paddingInlineStart: `${Math.min(step.depth, 6) * 1.25}rem` }}>
            <button
              type="button"
              aria-current={current === id ? 'true' : undefined}
              onClick={() => onSelect(id)}
              className={clsx(
                'flex w-full items-center gap-2.5 rounded-md px-2 py-1.5 text-start text-[0.8125rem]',
                current === id ? 'bg-accent-soft' : 'hover:bg-hover',
              )}
            >
              <Icon aria-hidden="true" className="size-4 shrink-0 text-ink-subtle" />
              <span className="min-w-0 flex-1">
                <span dir="auto" className="block truncate font-medium">
                  {step.name ?? step.id}
                </span>
                <span className="block truncate text-xs text-ink-muted">
                  {step.branch !== null && (
                    <>
                      <span className="sr-only">Branch </span>
                      <bdi className="font-medium text-ink">{step.branch}</bdi>
                      {' · '}
                    </>
                  )}
                  {step.type === '' ? 'No type yet' : label}
                  {step.name !== null && (
                    <>
                      {' · '}
                      <code className="font-mono">{step.id}</code>
                    </>
                  )}
                </span>
              </span>
              {problems.has(id) && (
                <>
                  <CircleAlert aria-hidden="true" className="size-4 shrink-0 text-bad" />
                  <span className="sr-only">has errors</span>
                </>
              )}
              <span className="tabular shrink-0 text-xs text-ink-muted">
                <span className="sr-only">line </span>
                {step.line}
              </span>
            </button>
          </li>
        )
      })}
    </ol>
  )
})
