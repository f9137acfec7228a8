'use server'

import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { formRecord } from '#components/forms/form-record.ts'
import type { OpenForm } from '#components/forms/form-view.tsx'
import { pageContext } from '#server/auth/page-session.ts'
import { submitFormLink } from '#server/services/forms/submit-link.ts'
import { RECEIPT, RECEIPT_SECONDS } from './receipt.ts'

/** Takes a submission. What became of it is told by the page itself, so that a reload does not send it again. */
export async function submitLinkAction(token: string, _previous: OpenForm, form: FormData): Promise<OpenForm> {
  const ctx = await pageContext()
  const answer = await submitFormLink({ ctx, input: { token, answer: { form: formRecord(form) } } })
  if (!answer.accepted && answer.view.state === 'open') return answer.view
  const path = `/f/${encodeURIComponent(token)}`
  if (answer.accepted) {
    ;(await cookies()).set(RECEIPT, answer.receipt, {
      httpOnly: true,
      sameSite: 'lax',
      secure: ctx.app.env.appUrl.startsWith('https:'),
      path,
      maxAge: RECEIPT_SECONDS,
    })
  }
  redirect(path)
}
