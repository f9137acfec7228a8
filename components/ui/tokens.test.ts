import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const css = readFileSync(new URL('../../app/globals.css', import.meta.url), 'utf8')

type Theme = 'light' | 'dark'

/** The tokens of one theme as `globals.css` has them. */
function tokens(theme: Theme): Map<string, string> {
  const found = new Map<string, string>()
  for (const [, name = '', one = '', light, dark] of css.matchAll(
    /--([a-z-]+): (?:(#[0-9a-f]{6})|light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\));/g,
  )) {
    found.set(name, one || ((theme === 'light' ? light : dark) ?? ''))
  }
  return found
}

/** Relative luminance of WCAG 2.2. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

const GROUNDS = ['canvas', 'surface', 'sunken', 'hover'] as const

/** Words, and the grounds they stand on. */
const WORDS: readonly (readonly [ink: string, grounds: readonly string[]])[] = [
  ...['ink', 'ink-muted', 'ink-subtle', 'accent-ink', 'good', 'warn', 'bad', 'info'].map(
    (ink) => [ink, GROUNDS] as const,
  ),
  ...['good', 'warn', 'bad', 'info'].map((tone) => [tone, [`${tone}-soft`]] as const),
  ...['good', 'warn', 'bad', 'info', 'accent'].map((tone) => ['ink', [`${tone}-soft`]] as const),
  ['ink-muted', ['good-soft', 'warn-soft', 'bad-soft', 'info-soft', 'accent-soft']],
  ['accent-ink', ['accent-soft']],
  ['accent-on', ['accent', 'accent-hover', 'bad-fill']],
]

/** Outlines of controls, and what marks the focus. */
const SHAPES: readonly (readonly [shape: string, grounds: readonly string[]])[] = [
  ['control', GROUNDS],
  ['accent-ink', GROUNDS],
  ['accent', GROUNDS],
]

const pairs = (table: typeof WORDS) =>
  table.flatMap(([top, grounds]) => grounds.map((ground) => [top, ground] as const))

describe.each(['light', 'dark'] as const)('the tokens of the %s theme', (theme) => {
  const values = tokens(theme)
  const ratio = (top: string, ground: string) => contrast(values.get(top) ?? '', values.get(ground) ?? '')

  it.each(pairs(WORDS))('let %s be read on %s', (top, ground) => {
    expect(ratio(top, ground)).toBeGreaterThanOrEqual(4.5)
  })

  it.each(pairs(SHAPES))('let %s be seen on %s', (top, ground) => {
    expect(ratio(top, ground)).toBeGreaterThanOrEqual(3)
  })
})

describe('the document of the look', () => {
  it('names every token', () => {
    const document = readFileSync(new URL('../../docs/design.md', import.meta.url), 'utf8')
    const [root = ''] = /^:root \{[^}]*\}/m.exec(css) ?? []
    const named = [...root.matchAll(/^ {2}--([a-z-]+): /gm)].map(([, name = '']) => name)
    expect(named.length).toBeGreaterThan(20)
    expect(named.filter((name) => !document.includes(`\`${name}\``))).toEqual([])
  })
})
