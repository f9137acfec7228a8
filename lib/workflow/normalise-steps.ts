import { isJsonObject, type Json, type JsonObject } from '../json.ts'
import type { StepCatalog } from './catalog.ts'
import type { Block, Step } from './definition.ts'
import type { SourcePath } from './diagnostics.ts'
import { fieldKeyProblem, stepIdProblem } from './names.ts'
import type { Reporter } from './normalise-report.ts'
import { type Enclosure, normaliseStep, type Sequence, type StepDraft } from './normalise-step.ts'
import { LIMITS } from './parse-limits.ts'

/** What holds for the whole text, however deep its steps stand. */
export interface Reading {
  readonly catalog: StepCatalog
  readonly reporter: Reporter
  /** Each id and where it was met first. */
  readonly taken: Map<string, string>
  /** How many more steps there may be. */
  left: number
}

export function createReading(catalog: StepCatalog, reporter: Reporter): Reading {
  return { catalog, reporter, taken: new Map(), left: LIMITS.steps }
}

export interface NormalisedSteps {
  readonly sequence: Sequence
  readonly steps: readonly Step[]
  /** Those inside them too, each step before those it holds. */
  readonly drafts: readonly StepDraft[]
}

/** Reads steps that follow one another, and what is inside them. */
export function normaliseSteps(
  raw: readonly Json[],
  path: SourcePath,
  inside: Enclosure | null,
  reading: Reading,
): NormalisedSteps {
  const listed = listSteps(raw, path, inside, reading)
  const sequence = { inside, ids: listed.map(({ id }) => id), complete: listed.length === raw.length }
  const read = listed.map((one) => {
    const draft = normaliseStep(one.raw, one.id, one.path, sequence, reading.catalog, reading.reporter)
    return withBlocks(draft, reading)
  })
  return {
    sequence,
    steps: read.map(({ draft }) => draft.step),
    drafts: read.flatMap(({ draft, inner }) => [draft, ...inner]),
  }
}

interface WithBlocks {
  readonly draft: StepDraft
  readonly inner: readonly StepDraft[]
}

function withBlocks(draft: StepDraft, reading: Reading): WithBlocks {
  const { step, sequence, held } = draft
  if (held === null) return { draft, inner: [] }
  const { as } = step.config
  const read = listsOf(draft, reading.reporter).map(({ name, list, path }) => {
    const around = { step: step.id, block: name, outer: sequence }
    const item = held.as === 'steps' ? { as: typeof as === 'string' ? as : null } : {}
    return { name, ...normaliseSteps(list, path, { ...around, ...item }, reading) }
  })
  const blocks = read.map(({ name, steps }): Block => ({ name, start: steps[0]?.id ?? '', steps }))
  return { draft: { ...draft, step: { ...step, blocks } }, inner: read.flatMap(({ drafts }) => drafts) }
}

interface NamedList {
  readonly name: string
  readonly list: readonly Json[]
  readonly path: SourcePath
}

/** The lists of steps inside a step that can be read; the others are reported. */
function listsOf({ step, held, path: place }: StepDraft, reporter: Reporter): readonly NamedList[] {
  if (held === null) return []
  const { as, value, path } = held
  if (value === undefined) {
    reporter.error('step.missing_key', `Step ${step.id} needs ${as}. Add ${as}: …`, place)
    return []
  }
  if (as === 'steps') return isFilled(value, as, path, reporter) ? [{ name: as, list: value, path }] : []
  if (!isJsonObject(value) || Object.keys(value).length === 0) {
    const message = 'branches is a mapping from names to lists of steps, with at least one.'
    reporter.error('step.wrong_type', message, path)
    return []
  }
  return Object.entries(value).flatMap(([name, list]) => {
    const at = [...path, name]
    const problem = fieldKeyProblem(name)
    if (problem !== null) reporter.error('step.bad_name', problem, at)
    return isFilled(list, name, at, reporter) ? [{ name, list, path: at }] : []
  })
}

function isFilled(list: Json, name: string, path: SourcePath, reporter: Reporter): list is readonly Json[] {
  if (Array.isArray(list) && list.length > 0) return true
  reporter.error('step.wrong_type', `${name} is a list with at least one step.`, path)
  return false
}

interface ListedStep {
  readonly raw: JsonObject
  readonly id: string
  readonly path: SourcePath
}

/** The steps that have a usable id of their own; the others are reported and left out. */
function listSteps(
  steps: readonly Json[],
  around: SourcePath,
  inside: Enclosure | null,
  reading: Reading,
): readonly ListedStep[] {
  const { reporter, taken } = reading
  if (steps.length > reading.left) {
    const message = `A workflow has ${LIMITS.steps} steps at most, those inside others included. Split it.`
    // Told where the first list goes beyond, and not once more for each that follows.
    if (reading.left >= 0) reporter.error('workflow.too_many_steps', message, [...around, reading.left])
    reading.left = -1
    return []
  }
  reading.left -= steps.length
  return steps.flatMap((step: Json, i) => {
    const path = [...around, i]
    if (!isJsonObject(step)) {
      reporter.error('step.wrong_type', 'A step is a mapping that begins with id: and type:.', path)
      return []
    }
    const id = readId(step, path, reporter)
    if (id === null) return []
    const first = taken.get(id)
    if (first !== undefined) {
      const message = `Two steps have the id ${id}; the first one is ${first}. Give each its own.`
      reporter.error('step.duplicate_id', message, [...path, 'id'])
      return []
    }
    taken.set(id, `step ${i + 1}${inside === null ? '' : ` inside ${inside.step}`}`)
    return [{ raw: step, id, path }]
  })
}

function readId(step: JsonObject, path: SourcePath, reporter: Reporter): string | null {
  const { id } = step
  if (typeof id !== 'string') {
    const message =
      id === undefined
        ? 'The step needs an id. Add id: with a short name.'
        : 'A step id is a text that begins with a letter.'
    reporter.error(
      id === undefined ? 'step.missing_key' : 'step.bad_id',
      message,
      id === undefined ? path : [...path, 'id'],
    )
    return null
  }
  const problem = stepIdProblem(id)
  if (problem === null) return id.toLowerCase()
  reporter.error('step.bad_id', problem, [...path, 'id'])
  return null
}
