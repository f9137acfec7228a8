import { z } from 'zod'
import { FormField } from '#lib/contracts/common.ts'
import { authoredField } from '#lib/workflow/authored.ts'
import type { FormOpening, StepReader, WaitStepType } from '#lib/workflow/catalog.ts'
import type { Field, Step } from '#lib/workflow/definition.ts'
import { answersSchema, fieldsToSchema } from '#lib/workflow/fields.ts'
import { checkFields } from '#lib/workflow/normalise-field-rules.ts'
import { readFields } from '#lib/workflow/normalise-fields.ts'
import type { Scope } from '#lib/workflow/scope.ts'
import { renderTemplate } from '#lib/workflow/templates/render.ts'
import { templateSlots } from '../dynamic.ts'
import { authoredPerson, Person, peopleSlots, readPeople, resolvePeople } from '../people.ts'

export const FormConfig = z.strictObject({
  fields: z.array(FormField).min(1).max(200).meta({
    title: 'Fields',
    written: 'fields',
    description: 'What is asked: key, type, label, required, default, options, min, max, pattern, help …',
  }),
  title: z
    .string()
    .max(500)
    .nullable()
    .default(null)
    .meta({ title: 'Title', description: 'Above the form; a template.', written: 'template' }),
  description: z.string().max(20_000).nullable().default(null).meta({
    title: 'Description',
    description: 'Under the title; a template.',
    written: 'template',
  }),
  assignee: Person.nullable()
    .default(null)
    .meta({ title: 'Assignee', description: 'Gets a mail with a link to the form.', written: 'people' }),
  public: z
    .boolean()
    .default(false)
    .meta({
      title: 'Public',
      description: 'Whether whoever has its link may fill it in without an account.',
      written: { enum: [true, false, 'start'] },
    }),
  timeout_ms: z
    .int()
    .min(1)
    .nullable()
    .default(null)
    .meta({ title: 'Timeout', description: 'How long it can be filled in.' }),
})
export type FormConfig = z.infer<typeof FormConfig>

export const form: WaitStepType<FormConfig> = {
  type: 'form',
  behavior: 'wait',
  source: 'person',
  label: 'Form',
  summary: 'Waits until somebody fills in a form.',
  docs: `The run waits; what is submitted is checked by one schema in the browser and on the server. Each field stands at
\`runtime.<key>\` afterwards, an optional one that was not answered as null.

Field types: string (text), textarea, number, integer, boolean (checkbox), date, datetime, time, email, url, enum (dropdown,
select, radio) with options, array (multiselect), hidden.`,
  example: `id: collect_brief
type: form
fields:
  - key: topic
    type: string
    required: true
  - key: audience
    type: enum
    options: [developers, marketers]
`,
  aliases: {},
  later: [],
  config: FormConfig,
  canonicalise(raw, reader) {
    const config: Record<string, unknown> = { ...raw }
    if (raw.fields !== undefined) config.fields = readFields(raw.fields, ['fields'], reader)
    if (raw.assignee !== undefined && raw.assignee !== null) config.assignee = readAssignee(raw.assignee, reader)
    if (raw.public === 'start') {
      reader.warning(
        'not_yet_effective',
        'public: start is not honoured yet: no link begins a run. The form itself works.',
        ['public'],
      )
      config.public = false
    }
    return config as typeof raw
  },
  author: ({ fields, assignee, ...rest }) => ({
    ...rest,
    fields: fields.map(authoredField),
    assignee: assignee && authoredPerson(assignee),
  }),
  check: (config, reader) => checkFields(config.fields, ['fields'], reader),
  slots: (config) => [
    ...templateSlots(['title'], config.title),
    ...templateSlots(['description'], config.description),
    ...config.fields.flatMap(({ prefill }, i) => templateSlots(['fields', i, 'prefill'], prefill)),
    ...(config.assignee
      ? peopleSlots(['assignee'], [config.assignee]).map((slot) => ({ ...slot, path: ['assignee', 'expr'] }))
      : []),
  ],
  jumps: () => [],
  output: (config) => answersSchema(config.fields),
  open: (config, scope, step) => openForm(config, scope, step),
}

function readAssignee(raw: Parameters<typeof readPeople>[0], reader: StepReader): Person | null {
  const people = readPeople(raw, ['assignee'], reader)
  if (people.length > 1)
    reader.error('step.wrong_type', 'A form has one assignee. For several people use {role: …}.', ['assignee'])
  return people[0] ?? null
}

function openForm(config: FormConfig, scope: Scope, step: Step): FormOpening {
  const [assignee = null] = config.assignee ? resolvePeople([config.assignee], scope) : []
  return {
    kind: 'form',
    title: config.title === null ? (step.name ?? step.id) : renderTemplate(config.title, scope),
    description: config.description === null ? '' : renderTemplate(config.description, scope),
    fields: config.fields.map(
      (field): Field =>
        field.prefill === undefined ? field : { ...field, prefill: renderTemplate(field.prefill, scope) },
    ),
    schema: fieldsToSchema(config.fields),
    assignee,
    public: config.public,
    timeout_ms: config.timeout_ms,
  }
}
