import { KEY_MAX, type RunFork, type RunStart } from '#lib/contracts/run-acts.ts'
import { ScaffError } from '#lib/errors.ts'
import { digest } from '#lib/integrity/digest.ts'
import { isStorable } from '#lib/storable.ts'

/** The key of a start: from the body or the header, which must agree; null when there is none. */
export function startKey(body: string | undefined, header: string | null): string | null {
  if (body !== undefined && header !== null && body !== header) {
    throw invalid(
      'The field `idempotency_key` and the header `Idempotency-Key` differ. Send one of them, or the same in both.',
    )
  }
  const key = body ?? header
  if (key === null) return null
  if (key.trim() === '') throw invalid('The idempotency key is empty. Send 1 to 255 characters, or none.')
  if (key.length > KEY_MAX)
    throw invalid(`The idempotency key has ${key.length} characters; at most ${KEY_MAX} are allowed.`)
  if (!isStorable(key)) throw invalid('The idempotency key has characters that cannot be stored. Use plain ones.')
  return key
}

/**
 * What the engine keeps beside a run. `auto` becomes the hash of workflow and inputs; the fingerprint is what the key
 * was used for, so that the same key with another meaning is told apart from a repeat.
 */
export function idempotencyOf(
  key: string | null,
  auto: boolean,
  request: Pick<RunStart, 'workflow_id' | 'version' | 'inputs'>,
): { key: string; fingerprint: string } | null {
  if (key === null && !auto) return null
  const { workflow_id, version = null, inputs = {} } = request
  const fingerprint = digest({ workflow_id, version, inputs })
  return { key: key === null || key === 'auto' ? `auto:${fingerprint}` : key, fingerprint }
}

/** The same for a run that branches off; `limits.idempotency` is no word on it: to branch off again is to try again. */
export function forkIdempotency(
  key: string | null,
  run_id: string,
  { from_step, inputs = {} }: RunFork,
): { key: string; fingerprint: string } | null {
  if (key === null) return null
  const fingerprint = digest({ forked_from: run_id, from_step, inputs })
  return { key: key === 'auto' ? `auto:${fingerprint}` : key, fingerprint }
}

function invalid(detail: string): ScaffError {
  return new ScaffError('idempotency.key_invalid', detail)
}
