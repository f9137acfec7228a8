import { describe, expect, it } from 'vitest'
import { BLUEPRINTS } from '#lib/blueprints/blueprints.ts'
import { searchBlueprints } from './blueprint-search.ts'

const found = (question: string) =>
  searchBlueprints(BLUEPRINTS, question).flatMap(({ blueprints }) => blueprints.map(({ title }) => title))

describe('searching blueprints', () => {
  it('shows all, each once, where nothing is asked', () => {
    expect(found(' ').toSorted()).toEqual(BLUEPRINTS.map(({ title }) => title).toSorted())
  })

  it('finds those that hold every word, wherever and in any case', () => {
    const first = BLUEPRINTS[0]
    if (!first) throw new Error('There are blueprints.')
    expect(found(`${first.category} ${first.title.toUpperCase()}`)).toContain(first.title)
    expect(found(`${first.title} no-such-word`)).toEqual([])
  })
})
