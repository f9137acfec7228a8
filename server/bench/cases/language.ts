import { parseDocument } from 'yaml'
import { stepCatalog } from '#lib/steps/definitions.ts'
import { complete } from '#lib/workflow/assist/complete.ts'
import { hover } from '#lib/workflow/assist/hover.ts'
import type { Language } from '#lib/workflow/assist/language.ts'
import { definitionAt } from '#lib/workflow/assist/navigate.ts'
import { readWorkflow } from '#lib/workflow/assist/read-workflow.ts'
import { renameAt } from '#lib/workflow/assist/rename.ts'
import { createTokeniser } from '#lib/workflow/parse-again.ts'
import { benchCase, median } from '../bench-case.ts'
import type { Measure } from '../kit/bench.ts'

const STEPS = 500
const TIMES = 30

/** What an editor asks while its author types in the longest workflow there may be: the worker's own calls, with what it remembers. */
export const languageCase: Measure = async () => {
  const text = longWorkflow()
  const language: Language = { catalog: stepCatalog, tokeniser: createTokeniser() }
  const { graph, diagnostics } = readWorkflow(text, language)
  if (graph?.nodes.length !== STEPS)
    throw new Error(`The benchmark's workflow is not valid: ${diagnostics[0]?.message}`)
  // Another text each time, a few signs longer in the middle, as when somebody types there.
  const typed = (i: number) => text.replace(MIDDLE, `${MIDDLE} typed ${i}`)
  const point = (i: number, name: string) => {
    const lines = typed(i)
      .slice(0, typed(i).indexOf(name) + name.length - 1)
      .split('\n')
    return { text: typed(i), line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 }
  }
  const plain = measure((i) => parseDocument(typed(i)))
  const size = `${STEPS} steps, ${Math.round(text.length / 1024)} KiB`
  const figure = (name: string, what: string, work: (time: number) => unknown) => {
    const times = measure(work)
    const note = `${what} (${size}); baseline: the YAML library parsing the text alone`
    return benchCase({ name, value: median(times), unit: 'ms', baseline: median(plain), times, note })
  }
  return [
    figure('language', 'problems, outline and graph after a pause in typing', (i) => readWorkflow(typed(i), language)),
    figure('language-first', 'the same of a text that was not read before', (i) =>
      readWorkflow(typed(i), { catalog: stepCatalog }),
    ),
    figure('language-complete', 'completion in an expression', (i) => complete(point(i, READ), language)),
    figure('language-hover', 'hover over a variable', (i) => hover(point(i, READ), language)),
    figure('language-define', 'a jump to where it was declared', (i) => definitionAt(point(i, READ), language)),
    figure('language-rename', 'a step renamed, its uses found and the result checked', (i) =>
      renameAt(point(i, 'id: draft_62'), `renamed_${i + 10}`, language),
    ),
  ]
}

/** Where the author types, and what is asked about in the same step. */
const MIDDLE = 'Write about {{ topic_62 }}'
const READ = 'steps.draft_62.output.title_62'

function measure(work: (time: number) => unknown): readonly number[] {
  for (let i = 0; i < 5; i++) work(-i)
  return Array.from({ length: TIMES }, (_, i) => {
    const began = performance.now()
    work(i)
    return performance.now() - began
  })
}

/** Asks, drafts, decides and keeps, over and over. */
function longWorkflow(): string {
  const rounds = Array.from({ length: STEPS / 4 }, (_, i) => {
    const next = i + 1 < STEPS / 4 ? `ask_${i + 1}` : 'end'
    return `  - id: ask_${i}
    type: form
    fields:
      - {key: topic_${i}, type: string, label: Topic, required: true}
      - {key: count_${i}, type: integer, required: true, minimum: 1, maximum: 20}
  - id: draft_${i}
    type: ai_generate
    prompt: |
      Write about {{ topic_${i} }} in {{ count_${i} }} sentences.
    output_schema:
      type: object
      properties:
        title_${i}: {type: string}
        body_${i}: {type: string}
      required: [title_${i}, body_${i}]
  - id: long_${i}
    type: conditional
    condition: count_${i} > 3 and steps.draft_${i}.output.title_${i} != ""
    if_true: keep_${i}
    if_false: ${next}
  - id: keep_${i}
    type: set
    next: ${next}
    values:
      summary_${i}: "{{ title_${i} }}: {{ body_${i} }}"
`
  })
  return `name: Long\nstart_step: ask_0\nsteps:\n${rounds.join('')}`
}
