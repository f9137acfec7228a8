import { describe, expect, it } from 'vitest'
import { LanguageQueue, type Question } from './language-queue.ts'

const at = { text: '', line: 1, column: 1 }
const check = (id: number): Question => ({ id, call: 'check', text: '' })
const complete = (id: number): Question => ({ id, call: 'complete', ...at })
const hover = (id: number): Question => ({ id, call: 'hover', ...at })
const rename = (id: number): Question => ({ id, call: 'rename', to: 'x', ...at })

function start() {
  const told: string[] = []
  const turns: (() => void)[] = []
  const queue = new LanguageQueue({
    answer: ({ id }) => told.push(`answered ${id}`),
    drop: ({ id }) => told.push(`dropped ${id}`),
    later: (run) => turns.push(run),
  })
  return { queue, told, turns, turn: () => turns.shift()?.() }
}

describe('the questions to the language', () => {
  it('are answered when all that was sent has arrived, one at a turn', () => {
    const { queue, told, turn } = start()
    queue.push(hover(1))
    queue.push(complete(2))
    expect(told).toEqual([])
    turn()
    expect(told).toEqual(['answered 1'])
    turn()
    expect(told).toEqual(['answered 1', 'answered 2'])
  })

  it('are dropped when a newer one of the same kind comes before their turn', () => {
    const { queue, told, turn } = start()
    for (const id of [1, 2, 3]) queue.push(complete(id))
    queue.push(hover(4))
    expect(told).toEqual(['dropped 1', 'dropped 2'])
    turn()
    turn()
    expect(told.slice(2)).toEqual(['answered 3', 'answered 4'])
  })

  it('go before the check of the text, of which there is one', () => {
    const { queue, told, turn, turns } = start()
    queue.push(check(1))
    queue.push(complete(2))
    queue.push(check(3))
    turn()
    queue.push(complete(4))
    turn()
    turn()
    expect(told).toEqual(['dropped 1', 'answered 2', 'answered 4', 'answered 3'])
    expect(turns).toEqual([])
  })

  it('are all answered where each is for something of its own', () => {
    const { queue, told, turn } = start()
    queue.push(rename(1))
    queue.push(rename(2))
    turn()
    turn()
    expect(told).toEqual(['answered 1', 'answered 2'])
  })

  it('begin anew after a rest', () => {
    const { queue, told, turn, turns } = start()
    queue.push(check(1))
    turn()
    expect(turns).toEqual([])
    queue.push(check(2))
    turn()
    expect(told).toEqual(['answered 1', 'answered 2'])
  })
})
