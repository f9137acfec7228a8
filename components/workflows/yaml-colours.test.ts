import { describe, expect, it } from 'vitest'
import { yamlPieces } from './yaml-colours.ts'

const told = (line: string) =>
  yamlPieces(line)
    .filter(({ tone }) => tone !== 'plain')
    .map(({ text, tone }) => `${tone} ${text.trim()}`)

describe('the colours of a line of YAML', () => {
  it.each([
    ['name: Post', ['key name']],
    ['  - id: draft  # first', ['key id', 'comment # first']],
    ['timeout: 30s', ['key timeout', 'value 30s']],
    ['required: true', ['key required', 'value true']],
    ['prompt: Write about {{ topic }}.', ['key prompt', 'template {{ topic }}']],
    ['title: "About {{ x }}"', ['key title', 'template "About {{ x }}"']],
    ['# a whole line', ['comment # a whole line']],
    ['url: https://a.example/b#c', ['key url']],
  ])('%s', (line, tones) => {
    expect(told(line)).toEqual(tones)
  })

  it('lose no character', () => {
    const line = '  - {name: topic, "a b": 1.5} # {{ x }} %'
    expect(
      yamlPieces(line)
        .map(({ text }) => text)
        .join(''),
    ).toBe(line)
  })
})
