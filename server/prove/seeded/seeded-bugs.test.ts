import { describe, expect, it } from 'vitest'
import { seeded } from './bug.ts'
import { ALL, SHORT, seededBugs } from './seeded-bugs.ts'

describe('the seeded bugs', () => {
  it('stand in the code, each where it says', () => {
    expect(new Set(ALL.map(({ name }) => name)).size).toBe(ALL.length)
    for (const bug of ALL) expect(seeded(bug)).not.toContain(bug.text === bug.instead ? bug.text : '\0')
  })

  it('are caught, in the short form', { timeout: 120_000 }, async () => {
    const said: string[] = []
    const { broken, figures } = await seededBugs(SHORT, (line) => said.push(line))
    expect(broken).toEqual([])
    expect(figures).toMatchObject({ 'bugs seeded': 4, 'bugs caught': 4 })
    expect(said.join('\n')).toContain('by lib/workflow/transition.test.ts › ')
  })
})
