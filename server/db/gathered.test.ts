import { expect, it } from 'vitest'
import type { Db } from './client.ts'
import { gathered } from './gathered.ts'

// Only told apart, never asked.
const [one, other] = [{}, {}] as unknown as readonly [Db, Db]

it('asks once for those who come at one moment, and again for who comes after it was sent', async () => {
  const asked: string[] = []
  const look = gathered(async (_db, key) => {
    asked.push(key)
    return `${key} ${asked.length}`
  })
  expect(await Promise.all([look(one, 'a'), look(one, 'b'), look(one, 'a')])).toEqual(['a 1', 'b 2', 'a 1'])
  expect(await look(one, 'a')).toBe('a 3')
})

it('never gives an answer that was asked for before the caller came', async () => {
  let sent = 0
  const answers: (() => void)[] = []
  const look = gathered(async () => {
    const mine = ++sent
    await new Promise<void>((resolve) => answers.push(resolve))
    return mine
  })
  const first = look(one, 'a')
  await new Promise((resolve) => setImmediate(resolve))
  expect(sent).toBe(1)
  const second = look(one, 'a')
  await new Promise((resolve) => setImmediate(resolve))
  for (const answer of answers) answer()
  expect(await Promise.all([first, second])).toEqual([1, 2])
})

it('keeps databases apart, and tells everyone of a failure but nobody who comes later', async () => {
  let broken = true
  const look = gathered(async (db: Db) => {
    if (broken) throw new Error('away')
    return db
  })
  const both = await Promise.allSettled([look(one, 'a'), look(one, 'a')])
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  broken = false
  const [a, b] = await Promise.all([look(one, 'a'), look(other, 'a')])
  expect([a === one, b === other]).toEqual([true, true])
})
