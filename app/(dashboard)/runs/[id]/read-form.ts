import { TRPCError } from '@trpc/server'
import type { FormView } from '#lib/contracts/forms.ts'
import type { Prefetch } from '../../prefetch.tsx'

/** A form of a run; null where there is none, or where it is for somebody else. */
export async function readForm(
  api: Prefetch['api'],
  { run, wait }: { readonly run: string; readonly wait: string },
): Promise<FormView | null> {
  try {
    return await api.forms.open({ run_id: run, wait_id: wait })
  } catch (error) {
    if (error instanceof TRPCError && (error.code === 'NOT_FOUND' || error.code === 'FORBIDDEN')) return null
    throw error
  }
}
