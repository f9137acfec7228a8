/**
 * Asks Python anew and writes down what it says, for machines without one:
 * `npx node lib/workflow/expressions/testing/record-python.ts`
 */
import { writeFileSync } from 'node:fs'
import { createRandom } from '../../../mock-ai/random.ts'
import { askPython } from './ask-python.ts'
import { CURATED } from './curated.ts'
import { DATA, sketches } from './sketch.ts'

const RANDOM = 3_000
/** Long ones say nothing that short ones do not. */
const LONGEST = 120

const drawn = sketches(createRandom(1), RANDOM * 2).filter(({ ours }) => ours.length <= LONGEST)
const asked = [...CURATED.map((text) => ({ ours: text, python: text })), ...drawn.slice(0, RANDOM)]
const { version, answers } = await askPython(
  DATA,
  asked.map(({ python }) => python),
)
const cases = asked.map(({ ours }, i) => {
  const answer = answers[i]
  return JSON.stringify(answer?.error ? [ours] : [ours, answer?.value ?? null])
})
const file = new URL('../fixtures/python-values.json', import.meta.url)
writeFileSync(file, `{"recorded_with": "${version}",\n"cases": [\n${cases.join(',\n')}\n]}\n`)
