import { describe, expect, it } from 'vitest'
import { docsAsset, docsPage } from './docs-page.ts'

describe('the interactive docs', () => {
  it('load everything from here and run no inline script', async () => {
    const page = docsPage()
    const html = await page.text()
    expect(html).not.toMatch(/https?:\/\//)
    expect(html).not.toMatch(/<script(?![^>]*\ssrc=)|\son\w+=/)
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self';")
  })

  it('serve the files the page names', async () => {
    const html = await docsPage().text()
    for (const [, file = ''] of html.matchAll(/\/docs\/assets\/([^"]+)/g)) {
      const asset = await docsAsset(file)
      expect([file, asset.status]).toEqual([file, 200])
      expect((await asset.arrayBuffer()).byteLength).toBeGreaterThan(100)
    }
    expect(await (await docsAsset('start.js')).text()).toContain('/api/v1/openapi.json')
  })

  it.each(['package.json', '../package.json', 'toString', '__proto__', 'swagger-ui-bundle.js.map', ''])(
    'serve no other file: %j',
    async (file) => {
      expect((await docsAsset(file)).status).toBe(404)
    },
  )
})
