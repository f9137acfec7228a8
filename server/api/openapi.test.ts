import spectralCore, { type RulesetDefinition } from '@stoplight/spectral-core'
import { oas } from '@stoplight/spectral-rulesets'
import { describe, expect, it } from 'vitest'
import { endpoints } from './endpoints.ts'
import { openApiDocument } from './openapi.ts'

const build = () => openApiDocument(endpoints, { url: 'https://scaff.example', version: '1.2.3' })

/** Every rule there is, but two that ask for what there is not: an e-mail address to write to, and a licence by URL (it has its SPDX name). */
function lint(document: Record<string, unknown>) {
  const spectral = new spectralCore.Spectral()
  // The two packages describe the same rules by types of their own.
  const everything = oas as unknown as RulesetDefinition
  spectral.setRuleset({ extends: [[everything, 'all']], rules: { 'contact-properties': 'off', 'license-url': 'off' } })
  return spectral.run(document)
}

// The linter resolves and walks the whole document for each rule.
describe('the OpenAPI document', { timeout: 60_000 }, () => {
  it('passes every rule of the OpenAPI ruleset, warnings included', async () => {
    const found = await lint(JSON.parse(JSON.stringify(build())))
    expect(found.map(({ code, path, message }) => `${code} ${path.join('.')}: ${message}`)).toEqual([])
  })

  it('trips the linter where a summary or an operation id is missing', async () => {
    const document = JSON.parse(JSON.stringify(build()))
    delete document.paths['/api-keys'].get.operationId
    const found = await lint(document)
    expect(found.map(({ code }) => code)).toContain('operation-operationId')
  })

  it('describes every operation once, with its problems', () => {
    const { paths } = build()
    const ids = Object.values(paths ?? {}).flatMap((path) =>
      Object.values(path).map((operation) => operation.operationId),
    )
    expect(ids.toSorted()).toEqual(endpoints.map(({ id }) => id).toSorted())
    expect(new Set(ids).size).toBe(ids.length)
    expect(paths?.['/api-keys']?.post?.responses?.['429']).toBeDefined()
  })

  it('says how to authenticate, and where nothing is needed', () => {
    const { paths, security, components } = build()
    expect(security).toEqual([{ bearer: [] }, { apiKey: [] }])
    expect(Object.keys(components?.securitySchemes ?? {})).toEqual(['bearer', 'apiKey'])
    expect(paths?.['/auth/login']?.post?.security).toEqual([])
  })
})
