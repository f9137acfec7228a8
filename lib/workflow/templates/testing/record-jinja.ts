/**
 * Asks Jinja anew and writes down what it says, for machines without one:
 * `npx node lib/workflow/templates/testing/record-jinja.ts && npx biome check --write lib/workflow/templates/fixtures`
 */
import { writeFileSync } from 'node:fs'
import { createRandom } from '../../../mock-ai/random.ts'
import { askJinja, isDifference, type JinjaAnswer, type Outcome } from './ask-jinja.ts'
import { cornerCases, ownCases } from './corner-cases.ts'
import { sketches } from './sketch.ts'

const RANDOM = 2_000
/** The row of docs/expressions.md about what Jinja refuses. */
const ONLY_HERE = '`&&`, `||`, `!`, `? :`, `null`, `.5`, loops and functions in expressions'
/** Long ones say nothing that several short ones do not. */
const LONGEST = 130

const written = cornerCases()
const drawn = sketches(createRandom(1), RANDOM * 4).filter(({ length }) => length > 12 && length <= LONGEST)
const own = ownCases()
const common = [...new Set([...written, ...drawn])].slice(0, written.length + RANDOM)
const asked = [...own.map(([template]) => template), ...common]
const { version, answers: found } = await askJinja(asked)
const answers = found.map((answer, i): JinjaAnswer => {
  const here = own[i]?.[1]
  if (here === undefined) return answer
  const jinja = isDifference(answer) ? answer.jinja : answer
  if (typeof jinja === 'string') throw new Error(`Jinja knows ${asked[i]}`)
  return { jinja, here, why: [ONLY_HERE] }
})

const rows = [...new Set(answers.flatMap((answer) => (isDifference(answer) ? answer.why : [])))].sort()
const counts = { equal: 0, differences: 0 }
const byRow = new Map(rows.map((row) => [row, 0]))
const pairs = asked.map((template, i) => {
  const answer = answers[i]
  if (answer === undefined) throw new Error('Jinja left out an answer.')
  counts[isDifference(answer) ? 'differences' : 'equal']++
  // Where a block begins, Jinja counts the lines of some errors from there: those of random templates are left out.
  if (!isDifference(answer)) return [template, plain(answer, written.includes(template))]
  for (const row of answer.why) byRow.set(row, (byRow.get(row) ?? 0) + 1)
  return [template, plain(answer.jinja), plain(answer.here), ...answer.why.map((row) => rows.indexOf(row))]
})
const head = `"recorded_with": ${JSON.stringify(`Jinja2 ${version}, StrictUndefined`)},\n"rows": ${JSON.stringify(rows)},\n`
const file = new URL('../fixtures/jinja-pairs.json', import.meta.url)
writeFileSync(file, `{${head}"pairs": [\n${pairs.map((pair) => JSON.stringify(pair)).join(',\n')}\n]}\n`)
console.log(
  `Jinja2 ${version}: ${counts.equal} as there, ${counts.differences} as the page about expressions promises:`,
)
for (const [row, count] of byRow) console.log(`${String(count).padStart(6)} ${row}`)

/** Without where in its memory Jinja kept something. */
function plain(outcome: Outcome, withLine = false): Outcome {
  if (typeof outcome === 'string') return outcome.replace(/ at 0x[0-9a-f]+/g, '')
  const [kind, line] = outcome
  return withLine && kind !== 'syntax' ? [kind, line] : [kind]
}
