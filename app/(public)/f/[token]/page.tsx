import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { FormPage } from '#components/forms/form-page.tsx'
import { FormStatePage } from '#components/forms/form-state-page.tsx'
import { pageContext } from '#server/auth/page-session.ts'
import { openFormLink } from '#server/services/forms/open-link.ts'
import { submitLinkAction } from './actions.ts'
import { RECEIPT } from './receipt.ts'

export const metadata: Metadata = { title: 'Form' }

interface FormRouteProps {
  readonly params: Promise<{ token: string }>
}

/** A form for whoever holds its link. No account, and no script, is needed. */
export default async function FormRoute({ params }: FormRouteProps) {
  const { token } = await params
  const receipt = (await cookies()).get(RECEIPT)?.value
  const form = await openFormLink({ ctx: await pageContext(), input: { token, receipt } })
  if (form.state !== 'open') return <FormStatePage form={form} />
  return <FormPage form={form} action={submitLinkAction.bind(null, token)} />
}
