import { describe, expect, it } from 'vitest'
import { DIAGNOSTIC_CODES } from '#lib/workflow/diagnostic-codes.ts'
import { docsOf } from '#lib/workflow/diagnostics.ts'
import { projectRoot } from '#server/boot/root.ts'
import { diagnosticsPage } from './diagnostics-page.ts'
import { markdownToHtml } from './markdown.ts'

describe('the page of diagnostics', () => {
  it('has what each code leads to', async () => {
    const page = await diagnosticsPage(projectRoot())
    const html = await page.text()
    const anchors = new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => `/docs/diagnostics#${id}`))
    expect(DIAGNOSTIC_CODES.filter((code) => !anchors.has(docsOf(code)))).toEqual([])
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
  })
})

describe('a page as HTML', () => {
  it.each([
    ['# A `b` & c', '<h1 id="a-b--c">A <code>b</code> &amp; c</h1>'],
    ['one\ntwo\n\nthree', '<p>one two</p>\n<p>three</p>'],
    ['see [x](https://a.co) and [y.md](y.md)', '<p>see <a href="https://a.co">x</a> and <code>y.md</code></p>'],
    ['`<b>` <script>', '<p><code>&lt;b&gt;</code> &lt;script&gt;</p>'],
    ['```diff\n a\n-b: "<"\n+c\n```', '<pre><code> a\n<del>-b: &quot;&lt;&quot;</del>\n<ins>+c</ins></code></pre>'],
    ['```yaml\n- a\n```\n\nb', '<pre><code>- a</code></pre>\n<p>b</p>'],
  ])('%j', (text, html) => {
    expect(markdownToHtml(text)).toBe(html)
  })
})
