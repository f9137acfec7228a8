import { createHmac, timingSafeEqual } from 'node:crypto'
import { MINUTE } from '#lib/time.ts'
import type { DecisionKind } from '#lib/workflow/state.ts'
import type { ServiceContext } from '../context.ts'

const LIFE_MS = 30 * MINUTE

/** What a nonce is bound to: one browser, one link, one choice. */
export interface NonceBinding {
  /** A random value the browser keeps in a cookie that scripts cannot read. */
  readonly session: string
  readonly token: string
  readonly choice: DecisionKind
}

/** Made by the first act (choose), asked for by the second (confirm): a scanner that follows or posts once decides nothing. */
export function makeNonce(ctx: ServiceContext, binding: NonceBinding): string {
  const until = String(ctx.app.clock.now().getTime() + LIFE_MS)
  return `${until}.${sign(ctx, binding, until).toString('base64url')}`
}

export function isNonce(ctx: ServiceContext, binding: NonceBinding, nonce: string): boolean {
  const [until = '', mac = '', ...rest] = nonce.split('.')
  if (rest.length > 0 || !/^\d{1,15}$/.test(until) || Number(until) < ctx.app.clock.now().getTime()) return false
  const expected = sign(ctx, binding, until)
  const given = Buffer.from(mac, 'base64url')
  return given.length === expected.length && timingSafeEqual(given, expected)
}

function sign({ app }: ServiceContext, { session, token, choice }: NonceBinding, until: string): Buffer {
  const parts = [session, token, choice, until]
  return createHmac('sha256', app.keys.derive('approval-nonce')).update(JSON.stringify(parts)).digest()
}
