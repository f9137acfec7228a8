import { PublicPage } from '#components/shell/public-page.tsx'
import { VisibleText } from '#components/ui/visible-text.tsx'
import { FormFacts, WhoAsks } from './form-facts.tsx'
import { FormView, type OpenForm, type SubmitForm } from './form-view.tsx'

interface FormPageProps {
  readonly form: OpenForm
  readonly action: SubmitForm
}

/** A form for somebody who may never have heard of Scaff: who asks, what happens with the answers, until when. */
export function FormPage({ form, action }: FormPageProps) {
  return (
    <PublicPage
      eyebrow={<WhoAsks form={form} />}
      title={<VisibleText text={form.title} />}
      description={form.description && <VisibleText text={form.description} />}
      facts={<FormFacts form={form} />}
    >
      <FormView form={form} action={action} draft={form.wait_id} />
    </PublicPage>
  )
}
