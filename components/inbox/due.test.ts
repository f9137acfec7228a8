import { describe, expect, it } from 'vitest'
import { dueWords } from './due.tsx'

const NOW = Date.parse('2026-03-01T12:00:00.000Z')
const at = (hours: number) => new Date(NOW + hours * 3_600_000).toISOString()

describe('when a request ends', () => {
  it('says how long is left, and marks the last day', () => {
    expect(dueWords(at(60), NOW)).toEqual({ words: 'Due in 2 d', urgency: 'later' })
    expect(dueWords(at(3), NOW)).toEqual({ words: 'Due in 3 h', urgency: 'soon' })
  })

  it('says for how long it is over', () => {
    expect(dueWords(at(-5), NOW)).toEqual({ words: 'Overdue by 5 h', urgency: 'overdue' })
    expect(dueWords(at(0), NOW).urgency).toBe('overdue')
  })
})
