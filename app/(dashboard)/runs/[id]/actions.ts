'use server'

import { redirect } from 'next/navigation'
import { formRecord } from '#components/forms/form-record.ts'
import type { OpenForm } from '#components/forms/form-view.tsx'
import { signedInContext } from '#server/auth/page-session.ts'
import { submitForm } from '#server/services/forms/submit.ts'

/** Takes an answer to a form of this run by somebody who is signed in; the run's page tells what became of it, with a receipt. */
export async function submitRunFormAction(
  runId: string,
  waitId: string,
  _previous: OpenForm,
  form: FormData,
): Promise<OpenForm> {
  const ctx = await signedInContext(`/runs/${runId}`)
  const input = { run_id: runId, wait_id: waitId, answer: { form: formRecord(form) } }
  const answer = await submitForm({ ctx, input })
  if (!answer.accepted && answer.view.state === 'open') return answer.view
  redirect(`/runs/${runId}?${new URLSearchParams({ sent: waitId })}`)
}
