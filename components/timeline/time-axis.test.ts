import { describe, expect, it } from 'vitest'
import { type Stretch, stretchesOf, timeAxis, timesOf, took } from './time-axis.ts'

const T = Date.parse('2026-01-05T09:00:00.000Z')
const at = (ms: number) => new Date(T + ms).toISOString()
const DAY = 86_400_000

const call = {
  type: 'api_call',
  status: 'completed',
  started_at: at(0),
  began_at: at(40),
  ended_at: at(240),
  retry_at: null,
} as const

describe('what an attempt was spent on', () => {
  it('is queue until a worker takes it up, then execution', () => {
    expect(timesOf([call], T)).toEqual({ queue: 40, pause: 0, execution: 200, waiting: 0, inside: 0 })
  })

  it('is execution alone where nobody told when it was taken up', () => {
    expect(timesOf([{ ...call, began_at: null }], T)).toEqual({
      queue: 0,
      pause: 0,
      execution: 240,
      waiting: 0,
      inside: 0,
    })
  })

  it('counts the pause before another attempt apart from the queue, up to now while it lasts', () => {
    const failed = { ...call, status: 'failed', retry_at: at(1_240) } as const
    expect(timesOf([failed], T + 740)).toEqual({ queue: 40, pause: 500, execution: 200, waiting: 0, inside: 0 })
    expect(timesOf([failed], T + DAY)).toEqual({ queue: 40, pause: 1_000, execution: 200, waiting: 0, inside: 0 })
  })

  it('is waiting for people in a form or approval, until now while it is open', () => {
    const open = { ...call, type: 'approval', status: 'waiting', began_at: null, ended_at: null } as const
    expect(timesOf([open], T + DAY)).toEqual({ queue: 0, pause: 0, execution: 0, waiting: DAY, inside: 0 })
  })

  it.each(['delay', 'workflow'])('is a pause while a %s rests, which is how long it took', (type) => {
    const rests = { ...call, type, status: 'waiting', began_at: null, ended_at: null } as const
    expect(timesOf([rests], T + DAY)).toEqual({ queue: 0, pause: DAY, execution: 0, waiting: 0, inside: 0 })
    expect([took(rests, T + DAY), took(call, T)]).toEqual([DAY, 200])
  })

  it.each(['parallel', 'for_each'])('is what happens inside while a %s holds other steps', (type) => {
    const holds = { ...call, type, status: 'waiting', began_at: null, ended_at: null } as const
    expect(timesOf([holds], T + DAY)).toEqual({ queue: 0, pause: 0, execution: 0, waiting: 0, inside: DAY })
    expect(took(holds, T + DAY)).toBe(DAY)
  })

  it('counts once what happens side by side', () => {
    const open = { ...call, type: 'approval', status: 'waiting', began_at: null, ended_at: null } as const
    expect(timesOf([open, open], T + DAY).waiting).toBe(DAY)
  })

  it('never goes backwards, whatever clocks say', () => {
    const odd = { ...call, began_at: at(-500), ended_at: at(-100) }
    expect(stretchesOf(odd, T)).toEqual([{ spent: 'execution', from: T, to: T }])
  })
})

describe('the axis of a run', () => {
  const stretch = (spent: Stretch['spent'], from: number, to: number): Stretch => ({
    spent,
    from: T + from,
    to: T + to,
  })

  it('is true to scale where nothing long was waited for', () => {
    const axis = timeAxis([stretch('execution', 0, 500), stretch('execution', 500, 1_000)], T, T + 1_000)
    expect(axis.position(T + 250)).toBeCloseTo(0.25)
    expect(axis.instant(0.75)).toBeCloseTo(T + 750, 0)
    expect(axis.breaks).toEqual([])
  })

  it('keeps 200 ms in sight beside three days of waiting', () => {
    const waited = [
      stretch('execution', 0, 200),
      stretch('waiting', 200, 3 * DAY),
      stretch('execution', 3 * DAY, 3 * DAY + 200),
    ]
    const axis = timeAxis(waited, T, T + 3 * DAY + 200)
    expect(axis.position(T + 200)).toBeGreaterThan(0.15)
    expect(axis.position(T + 3 * DAY)).toBeLessThan(0.85)
    expect(axis.breaks.map(({ ms }) => ms)).toEqual([3 * DAY - 200])
  })

  it('draws a longer wait longer than a shorter one', () => {
    const axis = timeAxis(
      [
        stretch('execution', 0, 100),
        stretch('execution', DAY, DAY + 100),
        stretch('execution', 3 * DAY, 3 * DAY + 100),
      ],
      T,
      T + 3 * DAY + 100,
    )
    const [first, second] = axis.breaks.map(({ from, to }) => to - from)
    expect(second).toBeGreaterThan(first ?? Number.POSITIVE_INFINITY)
  })

  it('never turns around, and goes from one end to the other', () => {
    const axis = timeAxis([stretch('execution', 100, 300), stretch('queue', 250, 400)], T, T + DAY)
    const places = [0, 50, 100, 300, 400, 10_000, DAY].map((ms) => axis.position(T + ms))
    expect(places).toEqual(places.toSorted((a, b) => a - b))
    expect([places[0], places.at(-1)]).toEqual([0, 1])
  })

  it('has a place for a run that took no time at all', () => {
    expect(timeAxis([], T, T).position(T)).toBe(0)
  })
})
