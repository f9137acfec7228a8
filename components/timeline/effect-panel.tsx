import { CircleHelp } from 'lucide-react'
import type { ReactNode } from 'react'
import { RelativeTime } from '#components/ui/time.tsx'
import { VisibleText } from '#components/ui/visible-text.tsx'
import type { UnknownEffect } from '#lib/contracts/run-lineage.ts'
import { hasContent, ValueBox } from './value-box.tsx'

interface EffectPanelProps {
  readonly effect: UnknownEffect
  /** Of the step. */
  readonly name: string
  /** What can be said of it; null where the reader may not. */
  readonly children: ReactNode
}

/** Something was sent and its answer was lost: what is known of it, and the choices. */
export function EffectPanel({ effect, name, children }: EffectPanelProps) {
  return (
    <section aria-label={`Not known: ${name}`} className="overflow-clip rounded-lg border border-warn-line bg-surface">
      <header className="flex items-start gap-3 bg-warn-soft px-4 py-3">
        <CircleHelp aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-warn" />
        <div className="min-w-0">
          <h2 className="text-sm font-medium">
            It is not known whether{' '}
            <bdi>
              <VisibleText text={name} />
            </bdi>{' '}
            happened.
          </h2>
          <p className="text-[0.8125rem] text-ink-muted">
            It was sent {effect.sent_at && <RelativeTime at={effect.sent_at} />} and no answer was kept. So that it does
            not happen twice, it is not sent again unasked: look on the other side first.
          </p>
        </div>
      </header>
      <div className="grid gap-4 border-t border-warn-line px-4 py-3">
        {hasContent(effect.evidence) && <ValueBox title="What is known of it" value={effect.evidence} />}
        {children ?? <p className="text-[0.8125rem] text-ink-muted">Somebody who may retry runs says what happened.</p>}
      </div>
    </section>
  )
}
