import { ButtonLink } from '#components/ui/button-link.tsx'
import { GUIDE_STEPS } from '#lib/guide-steps.ts'
import { GuideAction } from './guide-action.tsx'
import type { GuideDockViewProps } from './guide-dock-props.ts'
import { GuideProgress } from './guide-progress.tsx'
import { afterwards, stepNumber, stepWords } from './guide-words.ts'
import { PutAway } from './put-away.tsx'

/** In the sidebar: how far one is, what comes next and why, and the way there. */
export function GuideDockPanel({ tour, here, error, starting, onRun, onDismiss }: GuideDockViewProps) {
  const words = tour.step === null ? null : stepWords(tour, tour.step)
  return (
    <>
      <div className="flex items-center gap-2">
        <p className="tabular text-xs text-ink-subtle">
          {tour.step === null ? 'Tour' : `Step ${stepNumber(tour.step)} of ${GUIDE_STEPS.length}`}
        </p>
        <GuideProgress step={tour.step} className="min-w-0 flex-1" />
        <PutAway className="-my-1 -me-1 ms-auto size-6" onDismiss={onDismiss} />
      </div>
      <div className="mt-1.5 grid gap-2">
        <div role="status" className="min-w-0">
          <p className="text-[0.8125rem] leading-5 font-medium">{words?.title ?? afterwards.title}</p>
          <p className="text-xs text-pretty text-ink-muted">
            {words === null ? afterwards.text : here ? words.here : words.text}
          </p>
          {error && <p className="mt-1 text-xs text-bad">{error}</p>}
        </div>
        {tour.step === null ? (
          <ButtonLink href={afterwards.href} variant="primary" size="sm" onClick={onDismiss}>
            {afterwards.action}
          </ButtonLink>
        ) : (
          !here && <GuideAction tour={tour} starting={starting} onRun={onRun} size="sm" />
        )}
      </div>
    </>
  )
}
