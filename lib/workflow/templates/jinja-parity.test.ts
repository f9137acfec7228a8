import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createRandom } from '../../mock-ai/random.ts'
import { askJinja, hasJinja, isDifference, type Outcome } from './testing/ask-jinja.ts'
import { outcome } from './testing/outcome.ts'
import { sketches } from './testing/sketch.ts'

const SEED = Number(process.env.PARITY_SEED ?? 42)
const RANDOM = Number(process.env.PARITY_COUNT ?? 2_000)

/** A template, what Jinja makes of it, and where the language differs on purpose what it promises and in which rows. */
interface Pair {
  readonly template: string
  readonly jinja: Outcome
  readonly here: Outcome | undefined
  readonly rows: readonly number[]
}

interface Recorded {
  readonly rows: readonly string[]
  readonly pairs: readonly (readonly [template: string, jinja: Outcome, here?: Outcome, ...rows: number[]])[]
}

const recorded: Recorded = JSON.parse(readFileSync(new URL('fixtures/jinja-pairs.json', import.meta.url), 'utf8'))
const pairs = recorded.pairs.map(([template, jinja, here, ...rows]): Pair => ({ template, jinja, here, rows }))

/** What comes of it here; without its line where the expected error has none. */
function found(template: string, expected: Outcome): Outcome {
  const is = outcome(template)
  return typeof is === 'string' || (typeof expected !== 'string' && expected.length > 1) ? is : [is[0]]
}

/** The rows of a table of the page about expressions, by what stands in their first cell. */
function rowsOfPage(): string[] {
  const page = readFileSync(new URL('../../../docs/expressions.md', import.meta.url), 'utf8')
  return page
    .split('\n## ')
    .filter((section) => section.startsWith('Not as in '))
    .flatMap((section) =>
      [...section.matchAll(/^\| (.+?) (?<!\\)\|/gm)].map(([, cell = '']) => cell.replaceAll('\\|', '|')),
    )
}

describe('templates equal what the real Jinja2 made of them, with StrictUndefined', () => {
  const equal = pairs.filter(({ here }) => here === undefined)
  const differences = pairs.flatMap(({ here, ...pair }) => (here === undefined ? [] : [{ ...pair, here }]))

  it('over enough of the language', () => {
    const rendered = equal.filter(({ jinja }) => typeof jinja === 'string')
    expect(rendered.length).toBeGreaterThan(1_500)
    expect(equal.length).toBeGreaterThan(2_000)
    expect(equal.length - rendered.length).toBeGreaterThan(400)
  })

  it('in the recorded pairs, errors by their kind and line', () => {
    const is = equal.map(({ template, jinja }) => ({ template, is: found(template, jinja) }))
    expect(is).toEqual(equal.map(({ template, jinja }) => ({ template, is: jinja })))
  })

  it('and differ only as the page about expressions says', () => {
    const is = differences.map(({ template, here }) => ({ template, is: found(template, here) }))
    expect(is).toEqual(differences.map(({ template, here }) => ({ template, is: here })))
    for (const { jinja, here } of differences) expect(here).not.toEqual(jinja)
    expect(differences.every(({ rows }) => rows.length > 0)).toBe(true)
    expect(recorded.rows.filter((row) => !rowsOfPage().includes(row))).toEqual([])
  })
})

describe.runIf(hasJinja())('templates equal what the Jinja2 that is installed here makes of them', () => {
  it(`for ${RANDOM} random ones`, { timeout: 600_000 }, async () => {
    const templates = sketches(createRandom(SEED), RANDOM)
    const { version, answers } = await askJinja(templates)
    expect(answers).toHaveLength(templates.length)
    const kinds = { rendered: 0, errors: 0, differences: 0 }
    const parted = templates.flatMap((template, i) => {
      const answer = answers[i] ?? ''
      const expected = isDifference(answer) ? answer.here : answer
      kinds[isDifference(answer) ? 'differences' : typeof answer === 'string' ? 'rendered' : 'errors']++
      const [is, wanted] = [outcome(template), typeof expected === 'string' ? expected : expected[0]]
      return (typeof is === 'string' ? is : is[0]) === wanted && typeof is === typeof expected
        ? []
        : [{ template, is, answer }]
    })
    console.log(`Jinja2 ${version}, seed ${SEED}: ${JSON.stringify(kinds)}`)
    expect(parted).toEqual([])
    // Otherwise the templates would show one side only, or differences everywhere.
    expect(kinds.rendered).toBeGreaterThan(RANDOM * 0.4)
    expect(kinds.errors).toBeGreaterThan(RANDOM * 0.1)
  })
})
