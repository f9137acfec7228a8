import { isJsonObject, type Json, type JsonObject } from '../json.ts'
import { asWritten } from './as-written.ts'
import type { StepCatalog } from './catalog.ts'
import type { WorkflowDefinition } from './definition.ts'
import type { DiagnosticCode } from './diagnostic-codes.ts'
import type { Advice, SourcePath } from './diagnostics.ts'
import { FIELD_KEY } from './names.ts'
import { readInputs } from './normalise-inputs.ts'
import { readLimits } from './normalise-limits.ts'
import { moreOf, type Reporter } from './normalise-report.ts'
import type { StepDraft } from './normalise-step.ts'
import { createReading, normaliseSteps } from './normalise-steps.ts'
import { checkKeys, readLabel, readNames, readStatic, readText } from './normalise-top.ts'
import type { SourceText } from './parse.ts'
import { LIMITS } from './parse-limits.ts'
import { meantValue } from './suggest.ts'

/** A workflow as it was read. The definition is whole only if nothing was reported as an error. */
export interface WorkflowDraft {
  readonly definition: WorkflowDefinition
  /** Every step, each before those inside it. */
  readonly steps: readonly StepDraft[]
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
  const { sequence, steps, drafts } = normaliseSteps(listed, ['steps'], null, createReading(catalog, reporter))
  const report = {
    error: (code: DiagnosticCode, message: string, path: SourcePath, advice?: string | Advice) =>
      reporter.error(code, message, path, moreOf(advice)),
    warning: (code: DiagnosticCode, message: string, path: SourcePath, advice?: string | Advice) =>
      reporter.warning(code, message, path, moreOf(advice)),
  }
  const definition: WorkflowDefinition = {
    ir: 1,
    name,
    description: readText(raw, 'description', 5_000, reporter),
    tags: readNames(raw, 'tags', (tag) => tag.trim() !== '' && tag.length <= 50, 'short texts', reporter),
    label: readLabel(raw, reporter),
    start: readStart(raw, sequence.ids, source, reporter),
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
    steps,
  }
  return { definition, steps: drafts }
}

/** Where a key that says nothing stands; the workflow itself where it does not stand at all. */
function present(raw: JsonObject, key: string): SourcePath {
  return raw[key] === undefined ? [] : [key]
}

function readName(raw: JsonObject, reporter: Reporter): string {
  if (typeof raw.name === 'string' && raw.name.trim() === '') {
    reporter.error('workflow.wrong_type', 'The name is empty. Write what the workflow does.', ['name'])
    return ''
  }
  if (raw.name === undefined || raw.name === null) {
    reporter.error('workflow.missing_key', 'A workflow needs a name. Add name: at the top.', present(raw, 'name'))
    return ''
  }
  return readText(raw, 'name', 200, reporter) ?? ''
}

/** The list of steps; null, after saying why, when there is none to speak of. */
function readStepList(raw: JsonObject, reporter: Reporter): readonly Json[] | null {
  const { steps } = raw
  if (!Array.isArray(steps) || steps.length === 0) {
    const missing = steps === undefined || steps === null
    const message = missing
      ? 'A workflow needs steps. Add steps: with at least one.'
      : 'steps is a list with at least one step.'
    reporter.error(missing ? 'workflow.missing_key' : 'workflow.wrong_type', message, present(raw, 'steps'))
    return null
  }
  if (steps.length > LIMITS.steps) {
    const message = `A workflow has ${LIMITS.steps} steps at most; this one has ${steps.length}. Split it.`
    reporter.error('workflow.too_many_steps', message, ['steps', LIMITS.steps])
    return null
  }
  return steps
}

function readStart(raw: JsonObject, ids: readonly string[], source: SourceText, reporter: Reporter): string {
  const first = ids[0] ?? ''
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
  if (ids.includes(id)) return id
  const message = `start_step names no step: there is no ${asWritten(start)}.`
  reporter.error('workflow.unknown_start_step', message, ['start_step'], meantValue(id, ids))
  return first
}
