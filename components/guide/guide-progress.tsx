import { clsx } from 'clsx'
import type { GuideStep } from '#lib/contracts/guide.ts'
import { GUIDE_STEPS } from '#lib/guide-steps.ts'
import { stepNumber } from './guide-words.ts'

/** One bar per step, filled as far as one has come. The words beside it say the same. */
export function GuideProgress({ step, className }: { readonly step: GuideStep | null; readonly className?: string }) {
  const current = stepNumber(step)
  return (
    <span aria-hidden="true" className={clsx('flex gap-1', className)}>
      {GUIDE_STEPS.map((name, i) => (
        <span
          key={name}
          className={clsx(
            'h-1 flex-1 rounded-full transition-colors',
            i + 1 < current ? 'bg-accent' : i + 1 === current ? 'bg-accent/50' : 'bg-line',
          )}
        />
      ))}
    </span>
  )
}
