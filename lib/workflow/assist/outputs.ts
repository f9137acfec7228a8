import { isJsonObject, type Json, type JsonSchema } from '../../json.ts'
import type { SourcePath } from '../diagnostics.ts'
import type { StepDraft } from '../normalise-step.ts'
import { type Declaration, type Meaning, meaning, meaningOfSchema } from './meaning.ts'
import { schemaRoot } from './schema-parts.ts'

/** Where the id of a step stands. */
export function idOf(draft: StepDraft): Declaration {
  return { path: [...draft.path, 'id'], part: 'value' }
}

/** The id of a step as a name that can be read. */
export function meaningOfStep(draft: StepDraft, steps: readonly StepDraft[], partly = false): Meaning {
  const from = draft.type?.label ?? draft.step.type
  const output = () => ({ ...outputOf(draft, steps), name: 'output', from: `of ${draft.step.id}`, partly })
  const name = draft.step.name === null ? '' : ` ${draft.step.name}`
  const about = `Step \`${draft.step.id}\`: ${from}.${name}`
  return meaning(
    { name: draft.step.id, from, about, partly, step: draft, declared: [idOf(draft)] },
    { members: () => [output()] },
  )
}

/** A name that only one part of a step can read: of its response, of its answer, or the whole of it. */
export function ownPart(name: string, draft: StepDraft, steps: readonly StepDraft[]): Meaning {
  const output = outputOf(draft, steps)
  return { ...(output.member(name) ?? output), name, from: 'of this step', about: null }
}

/** The output of a step, with those of the steps inside it. */
export function outputOf(draft: StepDraft, steps: readonly StepDraft[]): Meaning {
  const { type, step, sound } = draft
  const given = { name: step.id, from: step.id, about: `Provided by ${step.id}.`, declared: [idOf(draft)] }
  if (!type || !sound) return meaning(given)
  if (type.behavior === 'fork') return outputOfInside(draft, type.holds, steps)
  const schema = type.output(step.config)
  const base = meaningOfSchema(given, schema && schemaRoot(schema, null, writtenSchemas(draft)))
  const placed = (one: Meaning): Meaning => ({ ...one, declared: declaredIn(draft, one.name) ?? one.declared })
  return {
    ...base,
    declared: schema === null ? base.declared : [{ path: writtenAt(draft, schema) ?? idOf(draft).path, part: 'key' }],
    members: () => base.members().map(placed),
    member(name) {
      const found = base.member(name)
      return found && placed(found)
    },
  }
}

/** By branch and step, or a list of what the steps gave for each item. */
function outputOfInside(draft: StepDraft, holds: 'branches' | 'steps', steps: readonly StepDraft[]): Meaning {
  const from = draft.step.id
  const about = `Provided by ${from}, once what is inside is done.`
  const given = { name: from, from, about, declared: [idOf(draft)] }
  const inside = steps.filter(({ sequence }) => sequence.inside?.step === draft.step.id)
  const byBlock = Map.groupBy(inside, ({ sequence }) => sequence.inside?.block ?? '')
  const object = { type: 'object' }
  const blocks = [...byBlock].map(([name, drafts]) =>
    meaning(
      {
        name,
        from,
        about,
        schema: object,
        declared: [{ path: [...(draft.held?.path ?? draft.path), name], part: 'key' }],
      },
      {
        members: () =>
          drafts.map((inner) => ({
            ...outputOf(inner, steps),
            name: inner.step.id,
            from,
            step: inner,
            declared: [idOf(inner)],
          })),
      },
    ),
  )
  if (holds === 'branches') return meaning({ ...given, schema: object }, { members: () => blocks })
  return meaning({ ...given, schema: { type: 'array' } }, { item: () => blocks[0] ?? null })
}

/** The schemas among a step's parameters, with their places. */
function writtenSchemas(draft: StepDraft): ReadonlyMap<JsonSchema, SourcePath> {
  return new Map(
    Object.entries(draft.step.config).flatMap(([key, value]) =>
      isJsonObject(value) ? [[value, draft.at([key])] as const] : [],
    ),
  )
}

function writtenAt(draft: StepDraft, schema: JsonSchema): SourcePath | undefined {
  return writtenSchemas(draft).get(schema)
}

/** Where a step's own parameters give a name: a field with that key, a value of that name. */
function declaredIn({ step: { config }, at }: StepDraft, name: string): readonly Declaration[] | null {
  const { fields, values } = config
  const field = Array.isArray(fields) ? fields.findIndex((one: Json) => isJsonObject(one) && one.key === name) : -1
  if (field >= 0) return [{ path: at(['fields', field, 'key']), part: 'value' }]
  return isJsonObject(values) && Object.hasOwn(values, name) ? [{ path: at(['values', name]), part: 'key' }] : null
}
