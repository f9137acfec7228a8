import { describe, expect, it } from 'vitest'
import { corpus } from '#lib/testing/corpus.ts'
import { settlePeerAddress } from './peer-address.ts'
import { CLIENT_IP_HEADER } from './request-origin.ts'

const settled = (headers: Record<string, string>, trustProxy: boolean) => {
  const changed: Record<string, string | string[] | undefined> = { ...headers }
  settlePeerAddress(changed, '198.51.100.7', trustProxy)
  return changed
}

describe('the address of a caller', () => {
  it('is that of the socket, whatever a client claims', () => {
    const claims = { 'x-forwarded-for': '127.0.0.1', [CLIENT_IP_HEADER]: '127.0.0.1', 'x-real-ip': '10.0.0.1' }
    expect(settled(claims, false)).toEqual({ [CLIENT_IP_HEADER]: '198.51.100.7' })
  })

  it('is the last hop that a trusted proxy names', () => {
    expect(settled({ 'x-forwarded-for': '127.0.0.1, 203.0.113.9' }, true)[CLIENT_IP_HEADER]).toBe('203.0.113.9')
    expect(settled({}, true)[CLIENT_IP_HEADER]).toBe('198.51.100.7')
  })

  it.each(
    corpus('header').attacks.filter(({ payload }) => /^(x-forwarded|forwarded|x-original|x-middleware)/i.test(payload)),
  )('leaves nothing of $why', ({ payload }) => {
    const [name = '', ...value] = payload.split(': ')
    expect(settled({ [name.toLowerCase()]: value.join(': '), host: 'scaff.example' }, false)).toEqual({
      host: 'scaff.example',
      [CLIENT_IP_HEADER]: '198.51.100.7',
    })
  })
})
