import { describe, expect, it } from 'vitest'
import { readInputs, runLink } from './run-link.ts'

describe('the address of a run dialog', () => {
  it('brings its inputs along', () => {
    const inputs = { topic: 'Ätna & co', words: 500, tags: ['a', 'b'] }
    const url = new URL(runLink('wf_1', inputs), 'https://scaff.example')
    expect([url.pathname, url.searchParams.get('run')]).toEqual(['/workflows/wf_1', '1'])
    expect(readInputs(url.searchParams.get('inputs'))).toEqual(inputs)
  })

  it('leaves out what would not fit into one', () => {
    expect(runLink('wf_1', { text: 'x'.repeat(7_000) })).toBe('/workflows/wf_1?run=1')
    expect(runLink('wf_1')).toBe('/workflows/wf_1?run=1')
  })

  it('means no inputs where it says nonsense', () => {
    expect([null, '', '{', '[1]', '"text"'].map(readInputs)).toEqual([{}, {}, {}, {}, {}])
  })
})
