import { describe, expect, it } from 'vitest'
import { visibleParts, visibleText } from './visible-text.ts'

describe('text whose hidden characters are shown', () => {
  it('leaves ordinary text of any script as it is', () => {
    for (const text of ['Pay €100\nto Ana\t(ok)', 'שלום עולם', 'مرحبا', '日本語', 'é e\u0301', '']) {
      expect(visibleText(text)).toBe(text)
    }
  })

  it('names what turns the reading direction', () => {
    expect(visibleText('pay \u202e001')).toBe('pay ⟨U+202E⟩001')
    expect(visibleText('a\u2066b\u2069')).toBe('a⟨U+2066⟩b⟨U+2069⟩')
  })

  it('names zero-width, control and tag characters', () => {
    expect(visibleText('pay\u200bpal')).toBe('pay⟨U+200B⟩pal')
    expect(visibleText('a\u0000b\u001b[2J')).toBe('a⟨U+0000⟩b⟨U+001B⟩[2J')
    expect(visibleText('x\u{e0041}')).toBe('x⟨U+E0041⟩')
    expect(visibleText('in\u00advoice')).toBe('in⟨U+00AD⟩voice')
  })

  it('takes the joiners of an emoji for what they are, and no others', () => {
    expect(visibleText('👩‍💻 ❤️ 1️⃣')).toBe('👩‍💻 ❤️ 1️⃣')
    expect(visibleText('pay\u200dpal\ufe0f')).toBe('pay⟨U+200D⟩pal⟨U+FE0F⟩')
  })

  it('tells the parts apart, so that a page can set them differently', () => {
    expect(visibleParts('a\u200bb')).toEqual([
      { text: 'a', hidden: false },
      { text: 'U+200B', hidden: true },
      { text: 'b', hidden: false },
    ])
  })
})
