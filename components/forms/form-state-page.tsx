import { ShownValue } from '#components/inbox/shown-value.tsx'
import { BanIcon, BrokenLinkIcon, CheckIcon, ClockIcon } from '#components/shell/message-icons.tsx'
import { MessagePage } from '#components/shell/message-page.tsx'
import { DateTime } from '#components/ui/date-time.tsx'
import { VisibleText } from '#components/ui/visible-text.tsx'
import type { FormView } from '#lib/contracts/forms.ts'

type ClosedForm = Exclude<FormView, { state: 'open' }>

/** What a form's address says when there is nothing (more) to fill in. */
export function FormStatePage({ form }: { readonly form: ClosedForm }) {
  switch (form.state) {
    case 'submitted':
      return <Submitted form={form} />
    case 'expired':
      return (
        <MessagePage icon={ClockIcon} title="This form is closed">
          <p>
            The time for <Quoted title={form.title} /> ended on <DateTime at={form.at} />. Ask whoever sent you the link
            to start it again.
          </p>
        </MessagePage>
      )
    case 'canceled':
      return (
        <MessagePage icon={BanIcon} title="This form is no longer needed">
          <p>
            What <Quoted title={form.title} /> was for was canceled on <DateTime at={form.at} />. There is nothing for
            you to do.
          </p>
        </MessagePage>
      )
    case 'invalid':
      return (
        <MessagePage icon={BrokenLinkIcon} title="There is no form here">
          <p>The link may be cut off or too old. Copy it in full, or ask for a new one.</p>
        </MessagePage>
      )
  }
}

/** A receipt for whoever sent it; for everybody else only that it was sent. */
function Submitted({ form }: { readonly form: Extract<ClosedForm, { state: 'submitted' }> }) {
  const { answers } = form
  return (
    <MessagePage
      icon={CheckIcon}
      title={answers ? 'Thank you, your answers have arrived' : 'This form was answered already'}
    >
      <p>
        <Quoted title={form.title} /> was submitted on <DateTime at={form.at} />.{' '}
        {answers
          ? 'The workflow goes on with your answers; you can close this page.'
          : 'It takes one answer, so there is nothing left to fill in. If it was not you, ask whoever sent you the link.'}
      </p>
      {answers && answers.length > 0 && (
        <section aria-labelledby="receipt" className="pt-5">
          <h2 id="receipt" className="mb-2 text-sm font-semibold text-ink">
            What you sent
          </h2>
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
          <p className="mt-2 text-sm">This browser shows it for a day. Print or save the page to keep it.</p>
        </section>
      )}
    </MessagePage>
  )
}

function Quoted({ title }: { readonly title: string }) {
  return (
    <>
      “<VisibleText text={title} />”
    </>
  )
}
