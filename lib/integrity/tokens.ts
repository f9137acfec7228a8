import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { errors, jwtVerify, SignJWT } from 'jose'
import { isId } from '../ids.ts'
import { DAY } from '../time.ts'
import { canonicalJson } from './digest.ts'

/** Days a resume token lives; each read of a waiting run mints a fresh one and none is stored. */
const RESUME_LIFE_MS = 7 * DAY
const RESUME_AUDIENCE = 'scaff-resume'

/** What a resume token is bound to. */
export interface ResumeClaims {
  readonly run_id: string
  readonly wait_id: string
  readonly generation: number
}

/** A JWT (HS256) that lets its bearer answer one wait of one run. */
export function mintResumeToken(key: Uint8Array, claims: ResumeClaims, now: Date): Promise<string> {
  const issued = Math.floor(now.getTime() / 1_000)
  return new SignJWT({ run: claims.run_id, wait: claims.wait_id, gen: claims.generation })
    .setProtectedHeader({ alg: 'HS256', typ: 'resume+jwt' })
    .setAudience(RESUME_AUDIENCE)
    .setIssuedAt(issued)
    .setExpirationTime(issued + RESUME_LIFE_MS / 1_000)
    .sign(key)
}

/** The claims, or why there are none: `expired` only when everything else about the token is right. */
export async function verifyResumeToken(
  key: Uint8Array,
  token: string,
  now: Date,
): Promise<ResumeClaims | 'invalid' | 'expired'> {
  if (!isCanonicalJwt(token)) return 'invalid'
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: ['HS256'],
      audience: RESUME_AUDIENCE,
      currentDate: now,
      typ: 'resume+jwt',
    })
    const { run, wait, gen } = payload
    if (typeof run !== 'string' || typeof wait !== 'string' || typeof gen !== 'number') return 'invalid'
    return { run_id: run, wait_id: wait, generation: gen }
  } catch (error) {
    return error instanceof errors.JWTExpired ? 'expired' : 'invalid'
  }
}

/** Base64url has several texts for one signature (unused bits, padding); only the one we write is taken. */
function isCanonicalJwt(token: string): boolean {
  const parts = token.split('.')
  return (
    parts.length === 3 &&
    parts.every((part) => part !== '' && Buffer.from(part, 'base64url').toString('base64url') === part)
  )
}

export type LinkPurpose = 'approval' | 'form'

/** What a mailed or public link names. */
export interface LinkClaims {
  readonly wait_id: string
  /** The approver's place in the wait; `p` for a form, which has none. */
  readonly place: string
  readonly generation: number
}

/**
 * The token of a link: what it names and an HMAC under a key outside the database over that, the purpose and the digest
 * of what is shown. It is made when a mail is rendered, so a dump of the database holds no usable link; it lives as
 * long as its wait.
 */
export function linkToken(key: Uint8Array, purpose: LinkPurpose, claims: LinkClaims, digest: string): string {
  const { wait_id, place, generation } = claims
  const signed = hmac(sha256, key, utf8ToBytes(canonicalJson({ purpose, wait_id, place, generation, digest })))
  return `${wait_id}.${place}.${generation}.${Buffer.from(signed).toString('base64url')}`
}

/** What a link claims to name, still unproved; null where the form is wrong. */
export function readLink(token: string): LinkClaims | null {
  const [wait_id = '', place = '', generation = '', signature = '', ...rest] = token.split('.')
  if (rest.length > 0 || !isId('wait', wait_id) || !/^(p|a[1-9]\d{0,3})$/.test(place)) return null
  if (!/^[1-9]\d{0,5}$/.test(generation) || !/^[A-Za-z0-9_-]{43}$/.test(signature)) return null
  return { wait_id, place, generation: Number(generation) }
}

/** Whether the link is ours, for exactly what it names and shows. Compared as text, in constant time. */
export function verifyLink(key: Uint8Array, purpose: LinkPurpose, token: string, digest: string): boolean {
  const claims = readLink(token)
  return claims !== null && sameText(linkToken(key, purpose, claims, digest), token)
}

function sameText(a: string, b: string): boolean {
  if (a.length !== b.length) return false
  let difference = 0
  for (let i = 0; i < a.length; i++) difference |= a.charCodeAt(i) ^ b.charCodeAt(i)
  return difference === 0
}
