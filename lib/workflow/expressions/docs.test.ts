import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { HELPERS } from './helpers.ts'
import { MAX_DEPTH, MAX_PRODUCED, MAX_SOURCE, MAX_STEPS } from './limits.ts'
import { TESTS } from './tests.ts'

const page = readFileSync(new URL('../../../docs/expressions.md', import.meta.url), 'utf8')

/** The rows of the table under a heading. */
function rows(heading: string): string[] {
  const [, section = ''] = page.split(`\n## ${heading}\n`)
  const [own = ''] = section.split('\n## ')
  return own.split('\n').filter((line) => line.startsWith('| `'))
}

describe('the page about expressions', () => {
  it.each([
    ['Functions', HELPERS],
    ['Tests', TESTS],
  ] as const)('%s: says of each exactly what it says of itself', (heading, table) => {
    const expected = [...new Map([...table.values()].map((entry) => [entry.signature, entry])).values()]
    expect(rows(heading)).toEqual(expected.map(({ signature, summary }) => `| \`${signature}\` | ${summary} |`))
  })
  it('says the limits', () => {
    for (const limit of [MAX_SOURCE, MAX_DEPTH, MAX_STEPS, MAX_PRODUCED]) {
      expect(page).toContain(` ${limit.toLocaleString('en')} `)
    }
  })
})
