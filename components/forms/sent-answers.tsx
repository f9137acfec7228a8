import { ShownValue } from '#components/inbox/shown-value.tsx'
import { VisibleText } from '#components/ui/visible-text.tsx'
import type { FormView } from '#lib/contracts/forms.ts'

export type Answers = NonNullable<Extract<FormView, { state: 'submitted' }>['answers']>

/** What somebody sent, in the form's order. */
export function SentAnswers({ answers }: { readonly answers: Answers }) {
  return (
    <dl className="divide-y rounded-lg border bg-surface px-4 text-ink">
      {answers.map(({ label, value }) => (
        <div key={label} className="py-2.5">
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
