import { VisibleText } from '#components/ui/visible-text.tsx'
import type { FormView } from '#lib/contracts/forms.ts'
import type { ShowTime } from './times.tsx'

/** A form with nothing (more) to fill in. */
export type ClosedForm = Exclude<FormView, { state: 'open' }>

/** Why there is nothing to fill in, in a few words; for whoever sent it, that it has arrived. */
export function formStateTitle(form: ClosedForm): string {
  switch (form.state) {
    case 'submitted':
      return form.answers ? 'Thank you, your answers have arrived' : 'This form was answered already'
    case 'expired':
      return 'This form is closed'
    case 'canceled':
      return 'This form is no longer needed'
    case 'invalid':
      return 'There is no form here'
  }
}

/** The same in a sentence or two, with what to do next. */
export function FormStateWords({ form, time }: { readonly form: ClosedForm; readonly time: ShowTime }) {
  if (form.state === 'invalid') return <>The link may be cut off or too old. Copy it in full, or ask for a new one.</>
  const title = (
    <>
      “<VisibleText text={form.title} />”
    </>
  )
  switch (form.state) {
    case 'submitted':
      return (
        <>
          {title} was submitted on {time(form.at)}.{' '}
          {form.answers
            ? 'The workflow goes on with your answers.'
            : 'It takes one answer, so there is nothing left to fill in.'}
        </>
      )
    case 'expired':
      return (
        <>
          The time for {title} ended on {time(form.at)}. Ask whoever sent you the link to start it again.
        </>
      )
    case 'canceled':
      return (
        <>
          What {title} was for was canceled on {time(form.at)}. There is nothing for you to do.
        </>
      )
  }
}
