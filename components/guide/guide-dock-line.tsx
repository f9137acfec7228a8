'use client'
import { ChevronUp } from 'lucide-react'
import { useId, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { GUIDE_STEPS } from '#lib/guide-steps.ts'
import { GuideAction } from './guide-action.tsx'
import type { GuideDockViewProps } from './guide-dock-props.ts'
import { GuideProgress } from './guide-progress.tsx'
import { afterwards, stepNumber, stepWords } from './guide-words.ts'

/** On narrow screens: one line as high as `--shell-bottom`. The chevron shows what the step is about, above the line. */
export function GuideDockLine({ tour, here, error, starting, onRun, onDismiss }: GuideDockViewProps) {
  const [open, setOpen] = useState(false)
  const more = useId()
  const words = tour.step === null ? null : stepWords(tour, tour.step)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes what the chevron in it opened
    <div onKeyDown={(event) => event.key === 'Escape' && setOpen(false)}>
      {error && <p className="border-b px-4 py-2 text-xs text-bad">{error}</p>}
      <div id={more} hidden={!open} className="border-b px-4 py-3">
        <GuideProgress step={tour.step} />
        <p className="mt-2.5 text-[0.8125rem] text-pretty text-ink-muted">
          {words === null ? afterwards.text : here ? words.here : words.text}
        </p>
        <Button variant="ghost" size="sm" className="-ms-2 mt-1.5" onClick={onDismiss}>
          Put the tour away
        </Button>
      </div>
      <div className="flex h-[calc(var(--shell-bottom,3rem)-1px)] items-center gap-1 ps-1 pe-3">
        <button
          type="button"
          aria-expanded={open}
          aria-controls={more}
          onClick={() => setOpen(!open)}
          className="flex h-10 min-w-0 flex-1 items-center gap-2 rounded-md px-2 text-start hover:bg-hover"
        >
          <ChevronUp
            aria-hidden="true"
            className={`size-4 shrink-0 text-ink-subtle transition-transform ${open ? 'rotate-180' : ''}`}
          />
          <span role="status" className="truncate text-[0.8125rem] font-medium">
            {words?.title ?? afterwards.title}
          </span>
          {tour.step !== null && (
            <span className="tabular shrink-0 text-xs text-ink-subtle">
              <span className="sr-only">Step </span>
              {stepNumber(tour.step)} of {GUIDE_STEPS.length}
            </span>
          )}
        </button>
        {tour.step === null ? (
          <ButtonLink
            href={afterwards.href}
            variant="primary"
            size="sm"
            aria-label={afterwards.action}
            onClick={onDismiss}
          >
            {afterwards.short}
          </ButtonLink>
        ) : (
          !here && <GuideAction tour={tour} starting={starting} onRun={onRun} size="sm" short />
        )}
      </div>
    </div>
  )
}
