import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { BLUEPRINTS } from './blueprints.ts'

const page = readFileSync(new URL('../../docs/blueprints.md', import.meta.url), 'utf8')
const sections = new Map(page.split('\n## ').map((part) => [part.split('\n')[0], part] as const))

describe('the page about blueprints', () => {
  it.each(BLUEPRINTS)('says of $id what it does, what it teaches and what it needs', (blueprint) => {
    const section = sections.get(blueprint.title) ?? ''
    for (const part of [blueprint.category, blueprint.summary, blueprint.learn]) expect(section).toContain(part)
    for (const secret of blueprint.needs) expect(section).toContain(`\`${secret}\``)
    expect(section.includes('Needs nothing.')).toBe(blueprint.needs.length === 0)
  })
})
