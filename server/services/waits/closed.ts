import type { ScaffError } from '#lib/errors.ts'
import type { WaitRecord } from './find.ts'
import { refusalError } from './refusals.ts'

/** Why a closed wait takes no answer: the same words as when the engine refuses one. */
export function closedError({ outcome, closedBy, closedAt }: WaitRecord): ScaffError {
  const decided = { outcome: outcome ?? 'answered', by: closedBy?.label ?? null, at: closedAt?.toISOString() ?? null }
  const reason = outcome === 'expired' || outcome === 'canceled' ? outcome : 'decided'
  return refusalError({ ok: false, reason, decided })
}
