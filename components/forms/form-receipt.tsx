import Link from 'next/link'
import { Notice } from '#components/ui/notice.tsx'
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
    <TakeFocus className="mx-auto mb-5 max-w-[96rem] rounded-md">
      <Notice
        tone={answers ? 'good' : 'info'}
        title={formStateTitle(form)}
        action={
          <Link href={close} scroll={false} className="text-[0.8125rem] underline underline-offset-2">
            Close
          </Link>
        }
      >
        <p>
          <FormStateWords form={form} />
        </p>
        {answers && answers.length > 0 && (
          <details open={answers.length <= GLANCE} className="mt-2 max-w-2xl">
            <summary className="w-fit cursor-pointer py-1 text-[0.8125rem] font-medium">What you sent</summary>
            <div className="mt-1">
              <SentAnswers answers={answers} />
            </div>
          </details>
        )}
      </Notice>
    </TakeFocus>
  )
}
