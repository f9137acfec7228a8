import { describe, expect, it } from 'vitest'
import { mergeTexts } from './merge-texts.ts'

const lines = (...all: readonly string[]) => `${all.join('\n')}\n`
const BASE = lines('name: a', 'b: 1', 'c: 1', 'd: 1', 'e: 1', 'f: 1', 'g: 1', 'h: 1')

describe('bringing one author’s changes into another’s text', () => {
  it('keeps both where they changed different places', () => {
    expect(mergeTexts(BASE, BASE.replace('b: 1', 'b: 2'), lines('new: 0') + BASE.replace('h: 1', 'h: 3'))).toBe(
      lines('new: 0') + BASE.replace('b: 1', 'b: 2').replace('h: 1', 'h: 3'),
    )
  })

  it('answers null where both changed the same line', () => {
    expect(mergeTexts(BASE, BASE.replace('b: 1', 'b: 2'), BASE.replace('b: 1', 'b: 3'))).toBeNull()
  })
})
