import { PublicPage } from '#components/shell/public-page.tsx'
import { VisibleText } from '#components/ui/visible-text.tsx'
import { FormFacts, WhoAsks } from './form-facts.tsx'
import { FormView, type OpenForm, type SubmitForm } from './form-view.tsx'
import { lateTime } from './times.tsx'

interface FormPageProps {
  readonly form: OpenForm
  readonly action: SubmitForm
  /** The participant's time zone, as far as it is known. */
  readonly zone: string
}

/** A form for somebody who may never have heard of Scaff: who asks, what happens with the answers, until when. */
export function FormPage({ form, action, zone }: FormPageProps) {
  return (
    <PublicPage
      eyebrow={<WhoAsks form={form} />}
      title={<VisibleText text={form.title} />}
      description={form.description && <VisibleText text={form.description} />}
      facts={<FormFacts form={form} time={lateTime(zone)} />}
    >
      <FormView form={form} action={action} draft={form.wait_id} />
    </PublicPage>
  )
}
