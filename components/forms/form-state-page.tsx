import { BanIcon, BrokenLinkIcon, CheckIcon, ClockIcon } from '#components/shell/message-icons.tsx'
import { MessagePage } from '#components/shell/message-page.tsx'
import { buttonLook } from '#components/ui/button-look.ts'
import { type ClosedForm, FormStateWords, formStateTitle } from './form-state.tsx'
import { SentAnswers } from './sent-answers.tsx'
import type { ShowTime } from './times.tsx'

const ICONS = { submitted: CheckIcon, expired: ClockIcon, canceled: BanIcon, invalid: BrokenLinkIcon } as const

interface FormStatePageProps {
  readonly form: ClosedForm
  /** The run it belongs to, for people of the app, whose frame is around the page; absent at a form's link. */
  readonly run?: string
  readonly time: ShowTime
}

/** What a form's address says when there is nothing (more) to fill in: a receipt for whoever sent it. */
export function FormStatePage({ form, run, time }: FormStatePageProps) {
  const answers = form.state === 'submitted' ? (form.answers ?? []) : []
  return (
    <MessagePage
      as={run === undefined ? 'main' : 'div'}
      icon={ICONS[form.state]}
      title={formStateTitle(form)}
      // A plain link: a form's page does without the code of the others.
      action={
        run !== undefined && (
          <a href={`/runs/${run}`} className={buttonLook({})}>
            Open the run
          </a>
        )
      }
    >
      <p>
        <FormStateWords form={form} time={time} />
        {run === undefined && form.state === 'submitted' && (form.answers ? CLOSE : NOT_YOU)}
      </p>
      {answers.length > 0 && (
        <section aria-labelledby="receipt" className="pt-5">
          <h2 id="receipt" className="mb-2 text-sm font-semibold text-ink">
            What you sent
          </h2>
          <SentAnswers answers={answers} />
          {run === undefined && (
            <p className="mt-2 text-sm">This browser shows it for a day. Print or save the page to keep it.</p>
          )}
        </section>
      )}
    </MessagePage>
  )
}

const CLOSE = ' You can close this page.'
const NOT_YOU = ' If it was not you, ask whoever sent you the link.'
