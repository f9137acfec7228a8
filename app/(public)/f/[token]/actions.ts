'use server'

import { redirect } from 'next/navigation'
import { formRecord } from '#components/forms/form-record.ts'
import type { OpenForm } from '#components/forms/form-view.tsx'
import { pageContext } from '#server/auth/page-session.ts'
import { submitFormLink } from '#server/services/forms/submit-link.ts'

/** Takes a submission. What became of it is told by the page itself, so that a reload does not send it again. */
export async function submitLinkAction(token: string, _previous: OpenForm, form: FormData): Promise<OpenForm> {
  const ctx = await pageContext()
  const answer = await submitFormLink({ ctx, input: { token, answer: { form: formRecord(form) } } })
  if (!answer.accepted && answer.view.state === 'open') return answer.view
  redirect(`/f/${encodeURIComponent(token)}`)
}
