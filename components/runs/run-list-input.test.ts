import { describe, expect, it } from 'vitest'
import { filterParams, NO_FILTERS, readFilters, runListInput } from './run-list-input.ts'

const NOW = Date.parse('2026-06-08T10:00:30Z')
const read = (query: string) => {
  const params = new URLSearchParams(query)
  return readFilters((name) => params.get(name))
}

describe('the filters of the list of runs', () => {
  it('come back from an address as they were', () => {
    const filters = {
      q: 'blog',
      status: ['waiting', 'failed'] as const,
      workflowId: 'wf_1',
      startedBy: 'ann@company.com',
      range: { from: '2026-06-01', to: '2026-06-03' },
    }
    const written = Object.entries(filterParams(filters)).filter(
      (entry): entry is [string, string] => entry[1] !== null,
    )
    expect(read(new URLSearchParams(written).toString())).toEqual(filters)
  })

  it('leave out what no address may say', () => {
    expect(read('status=asleep,failed,,failed&range=never')).toEqual({ ...NO_FILTERS, status: ['failed'] })
  })

  it('ask the same question within a minute', () => {
    const filters = read('range=24h&status=failed')
    expect(runListInput(filters, NOW)).toEqual({ status: 'failed', from: '2026-06-07T10:00:00.000Z' })
    expect(runListInput(filters, NOW + 20_000)).toEqual(runListInput(filters, NOW))
  })
})
