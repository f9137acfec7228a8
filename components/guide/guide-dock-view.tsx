import { X } from 'lucide-react'
import { Button } from '#components/ui/button.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import type { GuideTour } from '#lib/contracts/guide.ts'
import { GUIDE_STEPS } from '#lib/guide-steps.ts'
import { GuideAction } from './guide-action.tsx'
import { GuideProgress } from './guide-progress.tsx'
import { stepNumber, stepWords } from './guide-words.ts'

export interface GuideDockViewProps {
  readonly tour: GuideTour
  /** The step is taken on the page that is shown. */
  readonly here: boolean
  readonly error?: string | null
  readonly starting: boolean
  readonly onRun: () => void
  readonly onDismiss: () => void
}

/** The step at hand, small: in the sidebar, and as a bar at the bottom of narrow screens. */
export function GuideDockView({ tour, here, error, starting, onRun, onDismiss }: GuideDockViewProps) {
  const words = tour.step === null ? null : stepWords(tour, tour.step)
  return (
    <section
      aria-label="Tour"
      data-guide-dock
      className="fixed inset-x-3 bottom-3 z-30 rounded-lg border bg-surface p-2.5 shadow-float lg:static lg:p-3 lg:shadow-raised"
    >
      <div className="flex items-center gap-2">
        <p className="tabular text-xs text-ink-subtle">
          {tour.step === null ? 'Tour' : `Step ${stepNumber(tour.step)} of ${GUIDE_STEPS.length}`}
        </p>
        <GuideProgress step={tour.step} className="min-w-0 flex-1 max-lg:max-w-40" />
        <Button
          variant="ghost"
          size="icon"
          className="-my-1 -me-1 ms-auto size-6"
          aria-label="Put the tour away"
          title="Put the tour away"
          onClick={onDismiss}
        >
          <X aria-hidden="true" />
        </Button>
      </div>
      <div className="mt-1.5 flex items-center justify-between gap-3 lg:grid lg:gap-2">
        <div role="status" className="min-w-0">
          <p className="text-[0.8125rem] leading-5 font-medium">{words?.title ?? 'That was the whole loop'}</p>
          <p className="text-xs text-pretty text-ink-muted max-lg:hidden">
            {words === null ? 'Now make it yours: begin with a blueprint.' : here ? words.here : words.text}
          </p>
          {here && words && <p className="text-xs text-pretty text-ink-muted lg:hidden">{words.here}</p>}
          {error && <p className="mt-1 text-xs text-bad">{error}</p>}
        </div>
        {tour.step === null ? (
          <ButtonLink href="/workflows/new" variant="primary" size="sm" onClick={onDismiss}>
            Browse blueprints
          </ButtonLink>
        ) : (
          !here && <GuideAction tour={tour} starting={starting} onRun={onRun} size="sm" />
        )}
      </div>
    </section>
  )
}
