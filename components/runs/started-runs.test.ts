import { describe, expect, it } from 'vitest'
import { runResults } from './started-runs.ts'

const news = { run_id: 'run_1', name: 'Newsletter' }
const refund = { run_id: 'run_2', name: 'Refund' }

describe('what is told of runs that were started here', () => {
  it('tells once that a run has ended, and forgets it', () => {
    const events = [
      { run_id: 'run_1', type: 'step.completed' },
      { run_id: 'run_1', type: 'run.completed' },
    ]
    const { left, messages } = runResults([news, refund], events, '/')
    expect(left).toEqual([refund])
    expect(messages).toEqual([
      { title: 'Newsletter has completed', tone: 'good', action: 'See the result', href: '/runs/run_1' },
    ])
    expect(runResults(left, events, '/').messages).toEqual([])
  })

  it('leads to the reason where it has failed', () => {
    const { messages } = runResults([refund], [{ run_id: 'run_2', type: 'run.failed' }], '/runs/run_1')
    expect(messages).toMatchObject([{ title: 'Refund has failed', tone: 'bad', href: '/runs/run_2' }])
  })

  it('is silent on the page of the run, but forgets it too', () => {
    const events = [{ run_id: 'run_1', type: 'run.failed' }]
    expect(runResults([news], events, '/runs/run_1')).toEqual({ left: [], messages: [] })
  })

  it('is silent about steps, about runs of others and after a reconnect', () => {
    const others = [
      { run_id: 'run_1', type: 'step.failed' },
      { run_id: 'run_9', type: 'run.failed' },
    ]
    expect(runResults([news], others, '/')).toEqual({ left: [news], messages: [] })
    expect(runResults([news], [], '/')).toEqual({ left: [news], messages: [] })
  })
})
