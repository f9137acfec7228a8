import { ShownValue } from '#components/inbox/shown-value.tsx'
import { VisibleText } from '#components/ui/visible-text.tsx'
import type { FormView } from '#lib/contracts/forms.ts'

export type Answers = NonNullable<Extract<FormView, { state: 'submitted' }>['answers']>

interface SentAnswersProps {
  readonly answers: Answers
  /** Side by side, as a part of something else. */
  readonly compact?: boolean
}

/** What somebody sent, in the form's order. */
export function SentAnswers({ answers, compact }: SentAnswersProps) {
  return (
    <dl className={compact ? 'grid gap-x-6 gap-y-3 sm:grid-cols-2 xl:grid-cols-4' : BOX}>
      {answers.map(({ label, value }) => (
        <div key={label} className={compact ? 'min-w-0' : 'py-2.5'}>
          <dt dir="auto" className="text-xs text-ink-subtle">
            <VisibleText text={label} />
          </dt>
          <dd className="mt-0.5">
            <ShownValue value={value} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

const BOX = 'divide-y rounded-lg border bg-surface px-4 text-ink'
