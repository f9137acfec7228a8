import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'

/** What is derived from the master key, which itself never leaves this object. */
export interface Keyring {
  /** 32 bytes that belong to one purpose: knowing one key says nothing of another. */
  derive(purpose: string): Uint8Array
  /** Encrypts under a data key of its own, which is wrapped by the master key. */
  seal(plain: string): string
  /** @throws KeyringError when it was sealed under another master key or changed since. */
  open(envelope: string): string
  /** Tells whether a database belongs to this key, and tells nothing of the key. */
  checkValue(): string
}

export class KeyringError extends Error {
  override readonly name = 'KeyringError'
}

/** Characters a master key needs at least: 32 random bytes in base64 have 43. */
const SHORTEST_KEY = 32
const VERSION = 'v1'

/** @throws KeyringError when the key is too weak to protect anything. */
export function createKeyring(masterKey: string): Keyring {
  if (masterKey.length < SHORTEST_KEY || new Set(masterKey).size < 10) {
    throw new KeyringError(
      `SCAFF_SECRET_KEY is too weak: give it at least ${SHORTEST_KEY} random characters, e.g. from \`openssl rand -base64 32\`.`,
    )
  }
  const kept = new Map<string, Uint8Array>()
  const derive = (purpose: string): Uint8Array => {
    const known = kept.get(purpose)
    if (known) return known
    const made = new Uint8Array(hkdfSync('sha256', masterKey, 'scaff', purpose, 32))
    kept.set(purpose, made)
    return made
  }
  return {
    derive,
    seal(plain) {
      const dataKey = randomBytes(32)
      return [VERSION, encrypt(derive('secrets'), dataKey), encrypt(dataKey, Buffer.from(plain, 'utf8'))].join('.')
    },
    open(envelope) {
      const [version, wrapped = '', body = '', ...rest] = envelope.split('.')
      if (version !== VERSION || rest.length > 0)
        throw new KeyringError('A stored secret has a form that this version does not know.')
      return decrypt(decrypt(derive('secrets'), wrapped), body).toString('utf8')
    },
    checkValue: () => createHash('sha256').update(derive('check')).digest('hex'),
  }
}

/** AES-256-GCM: nonce, tag and ciphertext in one base64url text. */
function encrypt(key: Uint8Array, plain: Uint8Array): string {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  const body = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')
}

function decrypt(key: Uint8Array, text: string): Buffer {
  const bytes = Buffer.from(text, 'base64url')
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12), { authTagLength: 16 })
    decipher.setAuthTag(bytes.subarray(12, 28))
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()])
  } catch (cause) {
    throw new KeyringError(
      'A stored secret cannot be opened: it was sealed under another SCAFF_SECRET_KEY, or changed.',
      { cause },
    )
  }
}
