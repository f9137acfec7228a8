import { describe, expect, it } from 'vitest'
import { initials } from './initials.ts'

describe('the letters that stand for a person', () => {
  it.each([
    ['Sarah Miller', 'SM'],
    ['Ana Maria de la Cruz', 'AC'],
    ['sarah@company.com', 'S'],
    ['sarah.miller@company.com', 'SM'],
    ['Ли Вэй', 'ЛВ'],
    ['مريم', 'م'],
    ['  ', '?'],
    ['🦊', '?'],
  ])('of %j are %j', (who, letters) => {
    expect(initials(who)).toBe(letters)
  })
})
