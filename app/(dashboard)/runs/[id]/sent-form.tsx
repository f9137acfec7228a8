import { FormReceipt } from '#components/forms/form-receipt.tsx'
import type { Prefetch } from '../../prefetch.tsx'
import { readForm } from './read-form.ts'

interface SentFormProps {
  readonly api: Prefetch['api']
  readonly run: string
  readonly wait: string
}

/** The receipt of a form that the address names as just sent. Nothing where the reader may not see it, or it is still open. */
export async function SentForm({ api, run, wait }: SentFormProps) {
  const form = await readForm(api, { run, wait })
  if (form === null || form.state === 'open') return null
  return <FormReceipt key={wait} form={form} close={`/runs/${run}`} />
}
