import { ScaffError } from '#lib/errors.ts'
import type { Actor } from '#server/engine/port.ts'
import type { App } from '#server/services/context.ts'
import { verifyAccessToken } from './access-token.ts'
import { isApiKey, verifyApiKey } from './api-key.ts'
import { sessionActor } from './session.ts'
import { readSessionCookie } from './session-cookie.ts'

/** Who calls, and how it was shown: cookies need the same-origin check, the others cannot be sent by a foreign page. */
export interface Identity {
  readonly actor: Actor
  readonly via: 'key' | 'token' | 'cookie'
  /** Requests a minute that the key was given; null: the default. */
  readonly rateLimit: number | null
}

/**
 * Finds out who sends a request: an API key (`Authorization: Bearer scf_…` or `X-API-Key`), an access token, else the
 * browser's session. null: nobody. A credential that is sent but not good is refused (`auth.invalid`), never ignored.
 */
export async function authenticate(app: App, headers: Headers): Promise<Identity | null> {
  const credential = explicitCredential(headers)
  if (credential !== null) {
    const identity = isApiKey(credential)
      ? await verifyApiKey(app, credential)
      : await verifyAccessToken(app, credential)
    if (identity === null) throw invalid()
    return identity
  }
  const cookie = readSessionCookie(headers)
  if (cookie === null) return null
  const session = await sessionActor(app, cookie)
  return session === null ? null : { actor: session.actor, via: 'cookie', rateLimit: null }
}

function explicitCredential(headers: Headers): string | null {
  const authorization = headers.get('authorization')
  if (authorization !== null) {
    const match = /^Bearer ([\w.~+/-]+=*)$/i.exec(authorization.trim())
    if (match?.[1] === undefined) throw invalid()
    return match[1]
  }
  const key = headers.get('x-api-key')
  if (key === null) return null
  if (!isApiKey(key.trim())) throw invalid()
  return key.trim()
}

function invalid(): ScaffError {
  return new ScaffError(
    'auth.invalid',
    'The API key or token is wrong, expired or revoked. Send “Authorization: Bearer scf_…” or “X-API-Key: scf_…”.',
  )
}
