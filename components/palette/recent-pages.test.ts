import { describe, expect, it } from 'vitest'
import { type RecentPage, withPage } from './recent-pages.ts'

const page = (n: number): RecentPage => ({ href: `/runs/run_${n}`, title: `Run ${n}` })

describe('recent pages', () => {
  it('are the last six things, the latest first', () => {
    const pages = Array.from({ length: 8 }, (_, i) => page(i)).reduce<readonly RecentPage[]>(withPage, [])
    expect(pages.map(({ title }) => title)).toEqual(['Run 7', 'Run 6', 'Run 5', 'Run 4', 'Run 3', 'Run 2'])
  })

  it('name each thing once, as it is called now', () => {
    const renamed = { ...page(1), title: 'Renamed' }
    expect([page(1), page(2), renamed].reduce<readonly RecentPage[]>(withPage, [])).toEqual([renamed, page(2)])
  })

  it('are no sections, and nothing without a name', () => {
    expect(withPage([], { href: '/runs', title: 'Runs' })).toEqual([])
    expect(withPage([], { href: '/workflows/new', title: 'New workflow' })).toEqual([])
    expect(withPage([], { href: '/runs/run_1', title: '' })).toEqual([])
  })
})
