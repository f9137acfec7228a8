import type { Metadata } from 'next'
import { cookies, headers } from 'next/headers'
import { FormPage } from '#components/forms/form-page.tsx'
import { FormStatePage } from '#components/forms/form-state-page.tsx'
import { lateTime } from '#components/forms/times.tsx'
import { timeZoneIn } from '#lib/time-zone-cookie.ts'
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
  const zone = timeZoneIn((await headers()).get('cookie')) ?? 'UTC'
  if (form.state !== 'open') return <FormStatePage form={form} time={lateTime(zone)} />
  return <FormPage form={form} zone={zone} action={submitLinkAction.bind(null, token)} />
}
