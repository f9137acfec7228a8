import { createHash } from 'node:crypto'

/** How an effect is named in addresses: short and plain, whatever the key it was sent under is made of. */
export function effectId(key: string): string {
  return `eff_${createHash('sha256').update(key).digest('base64url').slice(0, 22)}`
}
