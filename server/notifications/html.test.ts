import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { html } from './html.ts'

describe('markup', () => {
  it('escapes every text, also inside an attribute', () => {
    const text = `<b a="1" c='2'>&\``
    expect(html`<p title="${text}">${text}</p>`.toString()).toBe(
      '<p title="&#60;b a=&#34;1&#34; c=&#39;2&#39;&#62;&#38;&#96;">&#60;b a=&#34;1&#34; c=&#39;2&#39;&#62;&#38;&#96;</p>',
    )
  })

  it('lets no text begin or end anything, and loses nothing of it', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom(...'<>&"\'`/=;#3x ') }))
    fc.assert(
      fc.property(text, (value) => {
        const markup = html`${value}`.toString()
        expect(markup).not.toMatch(/[<>"'`]/)
        expect(markup.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))).toBe(value)
      }),
    )
  })

  it('keeps markup of its own, in lists too, and leaves nothing for null', () => {
    expect(html`${[html`<i>${1}</i>`, '<']}${null}`.toString()).toBe('<i>1</i>&#60;')
  })

  it('takes nothing for markup that only looks like it', () => {
    expect(html`${JSON.parse('["<i>"]')}`.toString()).toBe('&#60;i&#62;')
  })
})
