import { describe, expect, it } from 'vitest'
import { hashPassword, verifyPassword } from './password.ts'

// Hashing is slow on purpose, and slower on a busy machine.
describe('a password hash', { timeout: 60_000 }, () => {
  it('knows its password and no other', async () => {
    const hash = await hashPassword('correct horse')
    expect(await verifyPassword('correct horse', hash)).toBe(true)
    expect(await verifyPassword('correct horsf', hash)).toBe(false)
  })

  it('differs each time and carries its own parameters', async () => {
    const [a, b] = [await hashPassword('same'), await hashPassword('same')]
    expect(a).not.toBe(b)
    expect(a).toMatch(/^scrypt\$32768\$8\$3\$[\w-]{22}\$[\w-]{43}$/)
    const older = 'scrypt$1024$8$1$AAAAAAAAAAAAAAAAAAAAAA$'
    expect(await verifyPassword('same', `${older}${'A'.repeat(43)}`)).toBe(false)
  })

  it('takes composed and decomposed letters for the same', async () => {
    expect(await verifyPassword('cafe\u0301 creme', await hashPassword('caf\u00e9 creme'))).toBe(true)
  })

  it('takes as long, and says no, where there is no account', async () => {
    const hash = await hashPassword('x')
    const time = async (of: string | null) => {
      const started = performance.now()
      expect(await verifyPassword('y', of)).toBe(false)
      return performance.now() - started
    }
    await time(null)
    const [known, unknown] = [await time(hash), await time(null)]
    expect(unknown).toBeGreaterThan(known / 4)
  })
})
