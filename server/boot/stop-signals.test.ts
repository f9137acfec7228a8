import { EventEmitter } from 'node:events'
import { expect, it } from 'vitest'
import { stopSignals } from './stop-signals.ts'

it('takes signals of one moment for one wish, and a later one for impatience', () => {
  const source = new EventEmitter()
  let now = 5_000
  const { stop, hurry } = stopSignals(1_000, source, () => now)
  expect(stop.aborted).toBe(false)
  source.emit('SIGINT')
  source.emit('SIGTERM')
  now += 999
  source.emit('SIGTERM')
  expect([stop.aborted, hurry.aborted]).toEqual([true, false])
  now += 2
  source.emit('SIGTERM')
  expect(hurry.aborted).toBe(true)
})

it.each(['SIGINT', 'SIGTERM', 'SIGHUP'])('ends in order by %s', (signal) => {
  const source = new EventEmitter()
  const { stop } = stopSignals(1_000, source)
  source.emit(signal)
  expect(stop.reason).toBe(signal)
})
