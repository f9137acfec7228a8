import { describe, expect, it } from 'vitest'
import { isRetryable, retrying } from './retrying.ts'

const failure = (code: string, cause?: unknown) => Object.assign(new Error(code, { cause }), { code })

describe('what the database says', () => {
  it.each(['40001', '40P01', '57P01', '08006', 'CONNECTION_CLOSED', 'ECONNREFUSED'])(
    '%s asks for another try',
    (code) => {
      expect(isRetryable(failure(code))).toBe(true)
      expect(isRetryable(new Error('a query failed', { cause: new Error('deeper', { cause: failure(code) }) }))).toBe(
        true,
      )
    },
  )

  it('is final otherwise', () => {
    for (const error of [failure('23505'), new Error('57P01'), { code: 1 }, null, undefined, '57P01']) {
      expect(isRetryable(error)).toBe(false)
    }
  })
})

describe('trying again', () => {
  it('goes on until it works', async () => {
    let tries = 0
    const work = async () => {
      tries += 1
      if (tries < 3) throw failure('57P01')
      return tries
    }
    expect(await retrying(work, [0, 0, 0])).toBe(3)
  })

  it('ends with the last word, and at once where another try does not help', async () => {
    let tries = 0
    const fail = (code: string) => async () => {
      tries += 1
      throw failure(code)
    }
    await expect(retrying(fail('57P01'), [0, 0])).rejects.toMatchObject({ code: '57P01' })
    expect(tries).toBe(3)
    await expect(retrying(fail('23505'), [0, 0])).rejects.toMatchObject({ code: '23505' })
    expect(tries).toBe(4)
  })
})
