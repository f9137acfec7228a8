import { ScaffError } from '#lib/errors.ts'
import { mintResumeToken as mint, type ResumeClaims, verifyResumeToken } from '#lib/integrity/tokens.ts'
import type { ServiceContext } from '../context.ts'
import type { WaitRecord } from './find.ts'

const PURPOSE = 'resume-token'

/** A token that answers this wait, in this round, for seven days. */
export function mintResumeToken({ app }: ServiceContext, { id, runId, wait }: WaitRecord): Promise<string> {
  const claims = { run_id: runId, wait_id: id, generation: wait.generation }
  return mint(app.keys.derive(PURPOSE), claims, app.clock.now())
}

/** What a token names, or `resume.token_invalid` or `resume.token_expired`. */
export async function readResumeToken({ app }: ServiceContext, token: string): Promise<ResumeClaims> {
  const claims = await verifyResumeToken(app.keys.derive(PURPOSE), token, app.clock.now())
  if (claims === 'expired') {
    throw new ScaffError('resume.token_expired', 'This token is older than seven days. Read the run for a fresh one.')
  }
  if (claims === 'invalid') {
    throw new ScaffError('resume.token_invalid', 'This is not a token of ours. Send `resume_token` as the run gave it.')
  }
  return claims
}
