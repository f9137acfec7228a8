import { describe, expect, it } from 'vitest'
import { EgressError, fromNetwork } from './egress-error.ts'

const withCode = (code: string) => Object.assign(new Error('low level'), { code })

describe('trouble of the network in our words', () => {
  it.each([
    ['ENOTFOUND', 'http.network', true],
    ['EAI_AGAIN', 'http.network', true],
    ['ECONNREFUSED', 'http.network', true],
    ['ECONNRESET', 'http.network', true],
    ['UND_ERR_SOCKET', 'http.network', true],
    ['HPE_INVALID_CONSTANT', 'http.network', true],
    ['UND_ERR_CONNECT_TIMEOUT', 'http.timeout', true],
    ['CERT_HAS_EXPIRED', 'http.tls', false],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'http.tls', false],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'http.tls', false],
    ['UND_ERR_HEADERS_OVERFLOW', 'http.too_large', false],
    ['UND_ERR_INVALID_ARG', 'http.request_invalid', false],
  ])('%s is %s', (code, expected, retryable) => {
    const error = fromNetwork(withCode(code), 'api.example.com')
    expect([error.code, error.retryable]).toEqual([expected, retryable])
    expect(error.message).toMatch(/\.$/)
  })

  it('looks for the code in causes and in attempts that were summed up', () => {
    const wrapped = new Error('fetch failed', { cause: new AggregateError([withCode('ECONNREFUSED')]) })
    expect(fromNetwork(wrapped, 'h').message).toContain('refused the connection')
    expect(fromNetwork('a text', 'h').code).toBe('http.network')
  })

  it('leaves our own decisions as they are', () => {
    const own = new EgressError('http.egress_refused', 'no')
    expect(fromNetwork(own, 'h')).toBe(own)
  })
})
