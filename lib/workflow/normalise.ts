import { isJsonObject, type Json, type JsonObject } from '../json.ts'
import type { StepCatalog } from './catalog.ts'
import type { WorkflowDefinition } from './definition.ts'
import type { SourcePath } from './diagnostics.ts'
import { FIELD_KEY, stepIdProblem } from './names.ts'
import { readInputs } from './normalise-inputs.ts'
import { readLimits } from './normalise-limits.ts'
import type { Reporter } from './normalise-report.ts'
import { normaliseStep, type StepDraft } from './normalise-step.ts'
import { checkKeys, readLabel, readNames, readStatic, readText } from './normalise-top.ts'
import type { SourceText } from './parse.ts'
import { LIMITS } from './parse-limits.ts'
import { didYouMean } from './suggest.ts'

/** A workflow as it was read. The definition is whole only if nothing was reported as an error. */
export interface WorkflowDraft {
  readonly definition: WorkflowDefinition
  readonly steps: readonly StepDraft[]
  /** Whether every step of the text is among them. */
  readonly complete: boolean
}

/**
 * Brings a text of either style into the one canonical form: flat keys and `config:`, aliases, units of time, ids in lower
 * case, `next` spelled out. Reports at the author's own tokens; answers null when there are no steps to speak of.
 */
export function normalise(source: SourceText, catalog: StepCatalog, reporter: Reporter): WorkflowDraft | null {
  const raw = source.value
  if (!isJsonObject(raw)) {
    reporter.error('workflow.wrong_type', 'A workflow is a mapping that begins with name: and steps:.', [])
    return null
  }
  checkKeys(raw, reporter)
  const name = readName(raw, reporter)
  const listed = readStepList(raw, reporter)
  if (listed === null) return null
  const steps = listed.map(({ raw: step, id, path }, i) =>
    normaliseStep(step, id, path, listed[i + 1]?.id ?? null, catalog, reporter),
  )
  const report = {
    error: (code: string, message: string, path: SourcePath, hint?: string) =>
      reporter.error(code, message, path, { hint }),
    warning: (code: string, message: string, path: SourcePath, hint?: string) =>
      reporter.warning(code, message, path, { hint }),
  }
  const definition: WorkflowDefinition = {
    ir: 1,
    name,
    description: readText(raw, 'description', 5_000, reporter),
    tags: readNames(raw, 'tags', (tag) => tag.trim() !== '' && tag.length <= 50, 'short texts', reporter),
    label: readLabel(raw, reporter),
    start: readStart(raw, listed, source, reporter),
    inputs: raw.inputs === undefined || raw.inputs === null ? null : readInputs(raw.inputs, ['inputs'], report),
    static: readStatic(raw, reporter),
    secrets: readNames(
      raw,
      'secrets',
      (secret) => FIELD_KEY.test(secret),
      'names such as CMS_API_KEY, without values',
      reporter,
    ),
    limits: readLimits(raw, reporter),
    outputs: raw.outputs ?? null,
    steps: steps.map(({ step }) => step),
  }
  return { definition, steps, complete: Array.isArray(raw.steps) && raw.steps.length === steps.length }
}

function readName(raw: JsonObject, reporter: Reporter): string {
  if (typeof raw.name === 'string' && raw.name.trim() === '') {
    reporter.error('workflow.wrong_type', 'The name is empty. Write what the workflow does.', ['name'])
    return ''
  }
  if (raw.name === undefined || raw.name === null) {
    reporter.error('workflow.missing_key', 'A workflow needs a name. Add name: at the top.', [])
    return ''
  }
  return readText(raw, 'name', 200, reporter) ?? ''
}

interface ListedStep {
  readonly raw: JsonObject
  readonly id: string
  readonly path: SourcePath
}

/** The steps that have a usable id of their own; the others are reported and left out. */
function readStepList(raw: JsonObject, reporter: Reporter): readonly ListedStep[] | null {
  const { steps } = raw
  if (!Array.isArray(steps) || steps.length === 0) {
    const missing = steps === undefined || steps === null
    const message = missing
      ? 'A workflow needs steps. Add steps: with at least one.'
      : 'steps is a list with at least one step.'
    reporter.error(missing ? 'workflow.missing_key' : 'workflow.wrong_type', message, missing ? [] : ['steps'])
    return null
  }
  if (steps.length > LIMITS.steps) {
    const message = `A workflow has ${LIMITS.steps} steps at most; this one has ${steps.length}. Split it.`
    reporter.error('workflow.too_many_steps', message, ['steps', LIMITS.steps])
    return null
  }
  const taken = new Map<string, number>()
  return steps.flatMap((step: Json, i) => {
    const path = ['steps', i]
    if (!isJsonObject(step)) {
      reporter.error('step.wrong_type', 'A step is a mapping that begins with id: and type:.', path)
      return []
    }
    const id = readId(step, path, reporter)
    if (id === null) return []
    const first = taken.get(id)
    if (first !== undefined) {
      const message = `Two steps have the id ${id}; the first one is step ${first + 1}. Give each its own.`
      reporter.error('step.duplicate_id', message, [...path, 'id'])
      return []
    }
    taken.set(id, i)
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

function readStart(raw: JsonObject, steps: readonly ListedStep[], source: SourceText, reporter: Reporter): string {
  const first = steps[0]?.id ?? ''
  const { start_step: start } = raw
  if (start === undefined || start === null) {
    const edit = source.addEntry([], 'name', 'start_step', first)
    const fix =
      edit === null || raw.start_step === null ? undefined : { title: `Add start_step: ${first}`, edits: [edit] }
    if (first !== '') {
      const message = `start_step is not given, so the run begins at the first step, ${first}.`
      reporter.warning('workflow.start_step_missing', message, ['steps'], { fix })
    }
    return first
  }
  const id = typeof start === 'string' ? start.trim().toLowerCase() : ''
  if (steps.some((step) => step.id === id)) return id
  const ids = steps.map((step) => step.id)
  const message = `start_step names no step: there is no ${String(start)}.`
  reporter.error('workflow.unknown_start_step', message, ['start_step'], { hint: didYouMean(id, ids) })
  return first
}
