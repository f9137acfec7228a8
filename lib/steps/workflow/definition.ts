import { z } from 'zod'
import type { Json } from '#lib/json.ts'
import type { CallStepType } from '#lib/workflow/catalog.ts'
import { renderValue } from '#lib/workflow/templates/render.ts'
import { isTemplate, templateSlots } from '../dynamic.ts'
import { NamedValues } from '../values.ts'

export const WorkflowConfig = z.strictObject({
  workflow: z.string().trim().min(1).max(200).meta({
    title: 'Workflow',
    description: 'The id or the name of the workflow that is run; a fixed text.',
  }),
  inputs: NamedValues.default({}).meta({
    title: 'Inputs',
    description: 'What that run starts with: name → value or template.',
    written: { type: 'object', additionalProperties: { 'x-kind': 'template' } },
  }),
})
export type WorkflowConfig = z.infer<typeof WorkflowConfig>

export const workflow: CallStepType<WorkflowConfig> = {
  type: 'workflow',
  behavior: 'call',
  source: 'call',
  label: 'Workflow',
  summary: 'Runs another workflow and waits for its end.',
  docs: `The newest version of the workflow named by id or name starts as a run of its own, for whoever started this one, and this run
waits. The outputs that workflow declares are the output of the step. A run that fails or is canceled fails the step, with
\`workflow.failed\` or \`workflow.canceled\`; \`retry\` starts another one. \`timeout\` counts from the first, over all of them, and anew
for one that follows because it was over.
When this run is canceled, or goes on without it, so is the other one.

Each text in \`inputs\` is a template; one that is exactly one \`{{ … }}\` keeps its type.`,
  example: `id: translate
type: workflow
workflow: Translate a text
inputs:
  text: "{{ inputs.topic }}"
  language: de
output_key: translation
`,
  aliases: {},
  later: [],
  config: WorkflowConfig,
  check(config, reader) {
    if (isTemplate(config.workflow)) {
      const message = 'workflow is a fixed text: which one is called has to be known before a run.'
      reader.error('step.wrong_type', message, ['workflow'], 'Choose between steps of this type with a conditional.')
    }
  },
  slots: (config) => templateSlots(['inputs'], config.inputs),
  jumps: () => [],
  output: () => null,
  call: (config, scope) => ({
    workflow: config.workflow,
    inputs: Object.fromEntries(
      Object.entries(config.inputs).map(([name, value]): [string, Json] => [name, renderValue(value, scope)]),
    ),
  }),
}
