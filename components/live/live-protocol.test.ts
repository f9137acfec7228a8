import { describe, expect, it } from 'vitest'
import { initialLive, type LiveCommand, type LiveInput, type LiveState, live } from './live-protocol.ts'

const EVENT = { run_id: 'run_1', type: 'run.completed' }
const having = (state: LiveState, ...inputs: LiveInput[]): LiveState =>
  inputs.reduce((held, input) => live(held, input)[0], state)
const does = (state: LiveState, input: LiveInput): readonly LiveCommand[] => live(state, input)[1]

const tab = initialLive('10', true, 0)
const leading = having(tab, { type: 'leads', at: 0 }, { type: 'opened', at: 100 })
const following = having(tab, {
  type: 'message',
  message: { kind: 'state', link: 'open', visible: true, position: '10' },
  at: 100,
})

describe('one stream for all tabs', () => {
  it('is opened by the holder of the lock alone, from where the page was read', () => {
    expect(does(tab, { type: 'shown', at: 1 }).some((command) => command.do === 'open')).toBe(false)
    expect(does(tab, { type: 'leads', at: 1 })).toContainEqual({ do: 'open', after: '10' })
  })

  it('passes on what the leader reads, and both deliver it', () => {
    const commands = does(leading, { type: 'read', events: [EVENT], position: '11', at: 200 })
    expect(commands).toEqual([
      { do: 'tell', message: { kind: 'events', events: [EVENT], position: '11' } },
      { do: 'deliver', events: [EVENT] },
    ])
    const message = { kind: 'events', events: [EVENT], position: '11' } as const
    expect(does(following, { type: 'message', message, at: 201 })).toEqual([{ do: 'deliver', events: [EVENT] }])
  })

  it('goes on where the last leader was', () => {
    const heard = having(following, {
      type: 'message',
      message: { kind: 'events', events: [EVENT], position: '42' },
      at: 300,
    })
    expect(does(heard, { type: 'leads', at: 400 })).toContainEqual({ do: 'open', after: '42' })
  })

  it('keeps its place where something comes without one', () => {
    const read = having(leading, { type: 'read', events: [EVENT], position: null, at: 200 })
    expect(does(read, { type: 'ended', why: 'over', at: 300 })).toEqual([{ do: 'open', after: '10' }])
  })

  it('is closed by a tab whose lead was taken', () => {
    expect(does(leading, { type: 'deposed', at: 500 })).toEqual([{ do: 'close' }])
  })

  it('delivers no look at first, because the stream brings what came since the page was read', () => {
    const connecting = having(tab, { type: 'leads', at: 0 })
    expect(does(connecting, { type: 'opened', at: 1 }).some(({ do: what }) => what === 'deliver')).toBe(false)
    const nowhere = having(initialLive(null, true, 0), { type: 'leads', at: 0 })
    expect(does(nowhere, { type: 'opened', at: 1 })).toContainEqual({ do: 'deliver', events: [] })
  })

  it('tells a tab that opened late to look, if anything happened in between', () => {
    const state = (position: string) =>
      ({ type: 'message', message: { kind: 'state', link: 'open', visible: true, position }, at: 5 }) as const
    expect(does(tab, state('10'))).toEqual([])
    expect(does(tab, state('12'))).toEqual([{ do: 'deliver', events: [] }])
  })
})

describe('a connection that breaks', () => {
  const lost = having(leading, { type: 'ended', why: 'lost', at: 1_000 })

  it('is tried again, each time a little later', () => {
    let state = leading
    const waits: number[] = []
    for (let i = 0; i < 8; i++) {
      const [next, commands] = live(state, { type: 'ended', why: 'lost', at: 1_000 })
      for (const command of commands) if (command.do === 'retry') waits.push(command.ms)
      state = next
    }
    expect(waits).toEqual([500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000])
  })

  it('makes everybody look when it is back, here and in the other tabs', () => {
    const commands = does(lost, { type: 'opened', at: 3_000 })
    expect(commands).toContainEqual({ do: 'deliver', events: [] })
    const message = { kind: 'state', link: 'open', visible: true, position: '10' } as const
    const follower = having(following, { type: 'message', message: { ...message, link: 'lost' }, at: 1_000 })
    expect(does(follower, { type: 'message', message, at: 3_000 })).toEqual([{ do: 'deliver', events: [] }])
  })

  it('is none when the server ends a stream in good order', () => {
    const [state, commands] = live(leading, { type: 'ended', why: 'over', at: 900_000 })
    expect([state.link, commands]).toEqual(['connecting', [{ do: 'open', after: '10' }]])
  })

  it('is not tried over and over when nobody is signed in, but when somebody looks again', () => {
    const [refused, commands] = live(leading, { type: 'ended', why: 'refused', at: 1_000 })
    expect(commands.some(({ do: what }) => what === 'retry')).toBe(false)
    expect(does(refused, { type: 'shown', at: 60_000 })).toContainEqual({ do: 'open', after: '10' })
  })

  it('is noticed when the stream is silent for longer than the server ever is', () => {
    expect(does(leading, { type: 'tick', at: 30_000 })).toEqual([])
    expect(does(leading, { type: 'tick', at: 41_000 })).toContainEqual({ do: 'open', after: '10' })
    const heard = having(leading, { type: 'beat', at: 30_000 })
    expect(does(heard, { type: 'tick', at: 41_000 })).toEqual([])
  })
})

describe('a leader that cannot lead', () => {
  const helpless = having(following, {
    type: 'message',
    message: { kind: 'state', link: 'lost', visible: false, position: '10' },
    at: 1_000,
  })

  it('keeps the lead in a hidden tab while its stream works', () => {
    const hidden = having(following, {
      type: 'message',
      message: { kind: 'state', link: 'open', visible: false, position: '10' },
      at: 1_000,
    })
    expect(does(hidden, { type: 'tick', at: 5_000 })).toEqual([])
  })

  it('loses it to a visible tab when it is hidden and without a connection, or silent', () => {
    expect(does(helpless, { type: 'tick', at: 2_000 })).toEqual([{ do: 'take-lead' }])
    expect(does(following, { type: 'tick', at: 41_000 })).toEqual([{ do: 'take-lead' }])
  })

  it('does not lose it to a tab that nobody sees', () => {
    expect(does(having(helpless, { type: 'hidden', at: 1_500 }), { type: 'tick', at: 90_000 })).toEqual([])
  })

  it('is asked first by a tab that slept itself', () => {
    const asleep = having(following, { type: 'hidden', at: 1_000 })
    expect(does(asleep, { type: 'shown', at: 500_000 })).toEqual([{ do: 'tell', message: { kind: 'hello' } }])
    const awake = having(asleep, { type: 'shown', at: 500_000 })
    expect(does(awake, { type: 'tick', at: 502_000 })).toEqual([])
    expect(does(awake, { type: 'tick', at: 505_000 })).toEqual([{ do: 'take-lead' }])
    expect(does(leading, { type: 'message', message: { kind: 'hello' }, at: 500_001 })).toEqual([
      { do: 'tell', message: { kind: 'state', link: 'open', visible: true, position: '10' } },
    ])
  })
})
