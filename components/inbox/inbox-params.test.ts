import { describe, expect, it } from 'vitest'
import { facetsQuery, inboxHref, inboxQuery, readInboxParams } from './inbox-params.ts'

const read = (query: string) => {
  const params = new URLSearchParams(query)
  return readInboxParams((name) => params.get(name))
}

describe('the address of the inbox', () => {
  it('says nothing of what is usual', () => {
    expect(inboxHref(read(''))).toBe('/inbox')
    expect(inboxHref(read('tab=mine&sort=due&workflow='))).toBe('/inbox')
  })

  it('keeps tab, filters, order and what is open', () => {
    const query = 'tab=team&sort=priority&workflow=wf_1&priority=high&due=day&by=ana%2Bx%40company.com&id=wait_1'
    expect(inboxHref(read(query))).toBe(`/inbox?${query}`)
  })

  it('takes what it does not know as not said', () => {
    expect(read('tab=theirs&sort=size&priority=urgent&due=soon')).toEqual(read(''))
  })
})

describe('what the inbox asks for', () => {
  it('is what waits for the reader, ending first, unless told otherwise', () => {
    expect(inboxQuery(read(''))).toEqual({ status: 'pending', scope: 'mine', sort: 'due' })
    expect(inboxQuery(read('tab=team&priority=low&by=a@b.cc&id=wait_1'))).toEqual({
      status: 'pending',
      scope: 'all',
      sort: 'due',
      priority: 'low',
      requested_by: 'a@b.cc',
    })
  })

  it('is the latest decision first where everything is decided', () => {
    expect(inboxQuery(read('tab=decided')).sort).toBe('decided')
    expect(inboxQuery(read('tab=decided&sort=priority')).sort).toBe('priority')
    expect(facetsQuery({ tab: 'decided' })).toEqual({ status: 'decided' })
  })
})
