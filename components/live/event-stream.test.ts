import { describe, expect, it } from 'vitest'
import { parseFrames } from './event-stream.ts'

describe('a piece of an event stream', () => {
  it('gives its events and the place of the last one', () => {
    const text =
      'id: 7\ndata: {"run_id":"run_1","type":"run.started"}\n\nid: 9-8\ndata: {"run_id":"run_2","type":"run.failed"}\n\n'
    expect(parseFrames(text)).toEqual({
      events: [
        { run_id: 'run_1', type: 'run.started' },
        { run_id: 'run_2', type: 'run.failed' },
      ],
      position: '9-8',
      rest: '',
    })
  })

  it('keeps a frame that is not whole for the next piece', () => {
    const whole = 'id: 7\ndata: {"run_id":"run_1","type":"run.started"}\n\n'
    for (let cut = 1; cut < whole.length; cut++) {
      const first = parseFrames(whole.slice(0, cut))
      const second = parseFrames(first.rest + whole.slice(cut))
      expect([...first.events, ...second.events], `cut at ${cut}`).toHaveLength(1)
    }
  })

  it('takes beats and the opening for no event', () => {
    expect(parseFrames(': still here\n\n')).toEqual({ events: [], position: null, rest: '' })
    expect(parseFrames('retry: 2000\nid: 12\n\n')).toEqual({ events: [], position: '12', rest: '' })
  })
})
