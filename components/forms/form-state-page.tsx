import { Ban, CircleCheck, Clock, Link2Off } from 'lucide-react'
import { MessagePage } from '#components/shell/message-page.tsx'
import { DateTime } from '#components/ui/time.tsx'
import type { FormView } from '#lib/contracts/forms.ts'

type ClosedForm = Exclude<FormView, { state: 'open' }>

/** What a form's address says when there is nothing (more) to fill in. */
export function FormStatePage({ form }: { readonly form: ClosedForm }) {
  switch (form.state) {
    case 'submitted':
      return (
        <MessagePage icon={CircleCheck} title="Thank you, your answers have arrived">
          <p>
            “{form.title}” was submitted on <DateTime at={form.at} />. You can close this page.
          </p>
        </MessagePage>
      )
    case 'expired':
      return (
        <MessagePage icon={Clock} title="This form is closed">
          <p>
            The time for “{form.title}” ended on <DateTime at={form.at} />. Ask whoever sent you the link to start it
            again.
          </p>
        </MessagePage>
      )
    case 'canceled':
      return (
        <MessagePage icon={Ban} title="This form is no longer needed">
          <p>
            What “{form.title}” was for was canceled on <DateTime at={form.at} />. There is nothing for you to do.
          </p>
        </MessagePage>
      )
    case 'invalid':
      return (
        <MessagePage icon={Link2Off} title="There is no form here">
          <p>The link may be cut off or too old. Copy it in full, or ask for a new one.</p>
        </MessagePage>
      )
  }
}
