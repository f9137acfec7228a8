import { VisibleText } from '#components/ui/visible-text.tsx'
import { effortWords } from './effort.ts'
import type { OpenForm } from './form-view.tsx'
import type { ShowTime } from './times.tsx'

interface FormFactsProps {
  readonly form: OpenForm
}

/** Whose request it is. */
export function WhoAsks({ form }: FormFactsProps) {
  return <>{form.requested_by ? <VisibleText text={form.requested_by} /> : 'Somebody'} asks you to fill in a form</>
}

/** Items of a list: what happens with the answers, how long it takes, until when. */
export function FormFacts({
  form,
  time,
  signedIn = false,
}: FormFactsProps & { readonly time: ShowTime; readonly signedIn?: boolean }) {
  return (
    <>
      <li>
        Your answers go to the workflow “<VisibleText text={form.workflow_name} />
        ”, which goes on with them.
      </li>
      <li>{effortWords(form.fields, signedIn)}</li>
      {form.expires_at && <li>Open until {time(form.expires_at)}</li>}
    </>
  )
}
