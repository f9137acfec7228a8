import { PublicPage } from '#components/shell/public-page.tsx'
import { DateTime } from '#components/ui/time.tsx'
import { VisibleText } from '#components/ui/visible-text.tsx'
import { effortWords } from './effort.ts'
import { FormView, type OpenForm, type SubmitForm } from './form-view.tsx'

interface FormPageProps {
  readonly form: OpenForm
  readonly action: SubmitForm
}

/** A form for somebody who may never have heard of Scaff: who asks, what happens with the answers, until when. */
export function FormPage({ form, action }: FormPageProps) {
  return (
    <PublicPage
      eyebrow={
        <>{form.requested_by ? <VisibleText text={form.requested_by} /> : 'Somebody'} asks you to fill in a form</>
      }
      title={<VisibleText text={form.title} />}
      description={form.description && <VisibleText text={form.description} />}
      facts={
        <>
          <li>
            Your answers go to the workflow “<VisibleText text={form.workflow_name} />
            ”, which goes on with them.
          </li>
          <li>{effortWords(form.fields)}</li>
          {form.expires_at && (
            <li>
              Open until <DateTime at={form.expires_at} className="font-medium text-ink" />
            </li>
          )}
        </>
      }
    >
      <FormView form={form} action={action} draft={form.wait_id} />
    </PublicPage>
  )
}
