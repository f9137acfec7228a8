import { describe, expect, it } from 'vitest'
import { corpus } from '#lib/testing/corpus.ts'
import { LEFT_TO_SCHEMAS } from '#lib/testing/corpus-sinks.ts'
import { endpoints } from './endpoints.ts'

/** Takes any JSON, as constants that are data wherever they are read. */
const ANY_DATA = 'putStaticSettings'

describe('bodies of the corpus that read like others', () => {
  const attacks = corpus('json').attacks.filter(({ why }) => LEFT_TO_SCHEMAS.test(why))
  it.each(attacks)('no call takes: $why', ({ payload }) => {
    const value: unknown = JSON.parse(payload)
    const taking = endpoints.filter(({ id, body }) => id !== ANY_DATA && body?.safeParse(value).success === true)
    expect(taking.map(({ id }) => id)).toEqual([])
  })

  it('are told from good ones: each call has a body that it takes', () => {
    const decide = endpoints.find(({ id, body }) => body !== undefined && /login/i.test(id))
    expect(decide?.body?.safeParse({ email: 'ana@example.com', password: 'long enough 1' }).success).toBe(true)
    expect(attacks).toHaveLength(6)
  })
})
