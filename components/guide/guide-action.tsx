import { ArrowRight, LoaderCircle, Play } from 'lucide-react'
import { Button } from '#components/ui/button.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import type { ButtonLook } from '#components/ui/button-look.ts'
import type { GuideTour } from '#lib/contracts/guide.ts'
import { stepHref, stepWords } from './guide-words.ts'

interface GuideActionProps {
  readonly tour: GuideTour
  readonly starting: boolean
  readonly onRun: () => void
  readonly size?: ButtonLook['size']
  /** One word on it; its name stays whole. */
  readonly short?: boolean
}

/** The one button of the step at hand: it leads exactly there, or does it. */
export function GuideAction({ tour, starting, onRun, size = 'md', short = false }: GuideActionProps) {
  if (tour.step === null) return null
  const words = stepWords(tour, tour.step)
  const label = short ? words.short : words.action
  const name = short ? words.action : undefined
  if (tour.step === 'run') {
    return (
      <Button variant="primary" size={size} disabled={starting} aria-label={name} onClick={onRun}>
        <Play aria-hidden="true" />
        {label}
      </Button>
    )
  }
  const href = stepHref(tour)
  if (href === null) {
    return (
      <span role="status" className="flex h-8 items-center gap-2 text-[0.8125rem] text-ink-muted">
        <LoaderCircle aria-hidden="true" className="size-4 animate-spin motion-reduce:animate-none" />
        <span className={short ? 'sr-only' : undefined}>One moment</span>
      </span>
    )
  }
  return (
    <ButtonLink href={href} variant="primary" size={size} aria-label={name}>
      {label}
      <ArrowRight aria-hidden="true" className="rtl:-scale-x-100" />
    </ButtonLink>
  )
}
