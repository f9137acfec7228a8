import { parseDocument } from 'yaml'
import { stepCatalog } from '#lib/steps/definitions.ts'
import { readWorkflow } from '#lib/workflow/assist/read-workflow.ts'
import { benchCase, median } from '../bench-case.ts'
import type { Measure } from '../kit/bench.ts'

const STEPS = 500
const TIMES = 30

/** What the editor asks after each pause of its author, of the longest workflow there may be: problems, outline, graph. */
export const languageCase: Measure = async () => {
  const text = longWorkflow()
  const { graph } = readWorkflow(text, stepCatalog)
  if (graph?.nodes.length !== STEPS) throw new Error('The workflow of the benchmark is not valid.')
  // Another text each time, as when somebody types.
  const times = measure((i) => readWorkflow(`${text}# ${i}\n`, stepCatalog))
  const plain = measure((i) => parseDocument(`${text}# ${i}\n`))
  const note = `a text of ${STEPS} steps and ${Math.round(text.length / 1024)} KiB read for the editor; baseline: the YAML library alone`
  return [benchCase({ name: 'language', value: median(times), unit: 'ms', baseline: median(plain), times, note })]
}

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
      - {key: count_${i}, type: integer, minimum: 1, maximum: 20}
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
