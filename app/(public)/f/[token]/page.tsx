import type { Metadata } from 'next'
import { FormStatePage } from '#components/forms/form-state-page.tsx'
import { FormView } from '#components/forms/form-view.tsx'
import { PublicPage } from '#components/shell/public-page.tsx'
import { pageContext } from '#server/auth/page-session.ts'
import { openFormLink } from '#server/services/forms/open-link.ts'
import { submitLinkAction } from './actions.ts'

export const metadata: Metadata = { title: 'Form' }

interface FormPageProps {
  readonly params: Promise<{ token: string }>
}

/** A form for whoever holds its link. No account, and no script, is needed. */
export default async function FormPage({ params }: FormPageProps) {
  const { token } = await params
  const form = await openFormLink({ ctx: await pageContext(), input: { token } })
  if (form.state !== 'open') return <FormStatePage form={form} />
  return (
    <PublicPage eyebrow={form.workflow_name} title={form.title} description={form.description}>
      <FormView form={form} action={submitLinkAction.bind(null, token)} draft={form.wait_id} />
    </PublicPage>
  )
}
