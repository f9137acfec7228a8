import { CircleCheck, Info } from 'lucide-react'
import Link from 'next/link'
import { DateTime } from '#components/ui/date-time.tsx'
import { type ClosedForm, FormStateWords, formStateTitle } from './form-state.tsx'
import { SentAnswers } from './sent-answers.tsx'
import { TakeFocus } from './take-focus.tsx'

interface FormReceiptProps {
  readonly form: ClosedForm
  /** The page without the receipt. */
  readonly close: string
}

/** So many answers are read at a glance; more are folded. */
const GLANCE = 4

/** At the head of a run, for whoever has just sent one of its forms: that it arrived and what it said, or why it did not. */
export function FormReceipt({ form, close }: FormReceiptProps) {
  const answers = form.state === 'submitted' ? form.answers : null
  return (
    <TakeFocus className="mx-auto mb-5 flex max-w-[96rem] gap-3 rounded-lg border bg-surface px-4 py-3 text-sm">
      {answers ? (
        <CircleCheck aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-good" />
      ) : (
        <Info aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-info" />
      )}
      <div className="min-w-0 flex-1">
        <div role="status">
          <p className="font-medium">{formStateTitle(form)}</p>
          <p className="text-ink-muted">
            <FormStateWords form={form} time={(at) => <DateTime at={at} />} />
          </p>
        </div>
        {answers && answers.length > 0 && (
          <details open={answers.length <= GLANCE} className="mt-1.5">
            <summary className="w-fit cursor-pointer py-1 text-[0.8125rem] text-ink-muted hover:text-ink">
              What you sent
            </summary>
            <div className="mt-1.5 pb-1">
              <SentAnswers compact answers={answers} />
            </div>
          </details>
        )}
      </div>
      <Link href={close} scroll={false} className="self-start text-[0.8125rem] underline underline-offset-2">
        Close
      </Link>
    </TakeFocus>
  )
}
