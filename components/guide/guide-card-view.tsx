import { clsx } from 'clsx'
import { Check } from 'lucide-react'
import { Card } from '#components/ui/card.tsx'
import { Notice } from '#components/ui/notice.tsx'
import type { GuideStep, GuideTour } from '#lib/contracts/guide.ts'
import { GUIDE_STEPS } from '#lib/guide-steps.ts'
import { GuideAction } from './guide-action.tsx'
import { GuideProgress } from './guide-progress.tsx'
import { stepNumber, stepWords } from './guide-words.ts'
import { PutAway } from './put-away.tsx'

export interface GuideCardViewProps {
  readonly tour: GuideTour
  readonly mock: boolean
  readonly error?: string | null
  readonly starting: boolean
  readonly onRun: () => void
  readonly onDismiss: () => void
}

/** The whole tour at a glance, with one button: the step at hand. */
export function GuideCardView({ tour, mock, error, starting, onRun, onDismiss }: GuideCardViewProps) {
  const current = stepNumber(tour.step)
  return (
    <Card aria-labelledby="guide-title" className="overflow-hidden">
      <header className="flex items-start justify-between gap-4 px-4 pt-4">
        <div className="min-w-0">
          <h2 id="guide-title" className="text-base font-semibold tracking-tight">
            See the whole loop in a few minutes
          </h2>
          <p className="mt-0.5 text-[0.8125rem] text-pretty text-ink-muted">
            A sample workflow waits to be run: AI drafts an answer to a customer, and you decide.
            {mock && ' No AI key is needed: the mock writes, with made-up words.'}
          </p>
        </div>
        <PutAway className="-me-1.5 -mt-1.5" onDismiss={onDismiss} />
      </header>
      <div className="flex items-center gap-3 px-4 pt-3 pb-2">
        <GuideProgress step={tour.step} className="max-w-60 flex-1" />
        <p className="tabular text-xs text-ink-subtle">
          Step {current} of {GUIDE_STEPS.length}
        </p>
      </div>
      <ol className="px-2 pb-2">
        {GUIDE_STEPS.map((step, i) => (
          <Step key={step} step={step} number={i + 1} current={current} tour={tour}>
            <GuideAction tour={tour} starting={starting} onRun={onRun} />
          </Step>
        ))}
      </ol>
      {error && (
        <div className="px-4 pb-4">
          <Notice tone="bad">{error}</Notice>
        </div>
      )}
    </Card>
  )
}

interface StepProps {
  readonly step: GuideStep
  readonly number: number
  readonly current: number
  readonly tour: GuideTour
  readonly children: React.ReactNode
}

function Step({ step, number, current, tour, children }: StepProps) {
  const done = number < current
  const now = number === current
  const { title, text } = stepWords(tour, step)
  return (
    <li
      aria-current={now ? 'step' : undefined}
      className={clsx('flex items-start gap-3 rounded-md px-2 py-2', now && 'bg-sunken')}
    >
      <Mark done={done} now={now} number={number} />
      <div className="flex min-w-0 flex-1 flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <div className="min-w-0 flex-1 basis-60">
          <p className={clsx('text-sm leading-5', now ? 'font-medium' : 'text-ink-muted')}>
            {title}
            {done && <span className="sr-only"> (done)</span>}
          </p>
          {now && <p className="mt-0.5 text-[0.8125rem] text-pretty text-ink-muted">{text}</p>}
        </div>
        {now && children}
      </div>
    </li>
  )
}

function Mark({ done, now, number }: { readonly done: boolean; readonly now: boolean; readonly number: number }) {
  return (
    <span
      aria-hidden="true"
      className={clsx(
        'tabular grid size-5 shrink-0 place-items-center rounded-full border text-[0.6875rem] font-medium',
        done && 'border-transparent bg-good-soft text-good',
        now && 'border-accent text-accent-ink',
        !done && !now && 'text-ink-subtle',
      )}
    >
      {done ? <Check className="size-3" /> : number}
    </span>
  )
}
