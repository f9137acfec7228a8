import type { Keyring } from '#server/auth/keyring.ts'

/** Encrypts a secret together with its name, so that swapping two rows of the table swaps nothing. */
export function sealSecret(keys: Keyring, name: string, value: string): string {
  return keys.seal(JSON.stringify([name, value]))
}

/** Throws if the envelope is damaged or belongs to another name. */
export function openSecret(keys: Keyring, name: string, envelope: string): string {
  const [sealedName, value]: unknown[] = JSON.parse(keys.open(envelope))
  if (sealedName !== name || typeof value !== 'string') throw new Error(`the stored secret ${name} is not its own`)
  return value
}
