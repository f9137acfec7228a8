import { describe, expect, it } from 'vitest'
import { standstillWords } from './standstill-words.ts'

const since = '2026-03-01T10:00:00.000Z'
const title = (workers: number, in_hand: number, ahead: number) =>
  standstillWords({ since, workers, in_hand, ahead }).title

describe('why a run stands still, in one sentence', () => {
  it('says that others of its kind go first, and how many may be under way', () => {
    const turn = (ahead: number, at_once: number) => standstillWords({ since, workers: 1, in_hand: 0, ahead, at_once })
    expect(turn(2, 3)).toEqual({
      title: 'Waiting for its turn: 2 runs are before it.',
      next: 'At most 3 runs of its kind may be under way at once. It begins by itself when one of them ends.',
    })
    expect(turn(0, 1)).toEqual({
      title: 'Waiting for its turn: it is next.',
      next: 'At most 1 run of its kind may be under way at once. It begins by itself when that one ends.',
    })
    expect(standstillWords({ since, workers: 0, in_hand: 0, ahead: 0, at_once: 1 }).command).toBeDefined()
  })

  it('says that no worker is running, and how to start one', () => {
    expect(standstillWords({ since, workers: 0, in_hand: 0, ahead: 34 })).toMatchObject({
      title: 'Waiting for a worker: none is running.',
      command: 'npm run worker',
    })
  })

  it('counts what is before it', () => {
    expect(title(1, 4, 34)).toBe('Waiting for its turn: 34 steps are before it.')
    expect(title(1, 4, 1)).toBe('Waiting for its turn: 1 step is before it.')
    expect(title(1, 4, 1_000)).toBe('Waiting for its turn: more than 999 steps are before it.')
  })

  it('says what it is next for', () => {
    expect(title(2, 8, 0)).toBe('Waiting for a free worker: it is next.')
    expect(title(2, 0, 0)).toBe('Waiting for a worker to take it up: it is next.')
  })
})
