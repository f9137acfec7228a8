import { isJsonObject } from '../json.ts'
import type { TestCase } from './cases/case.ts'
import { CaseReader } from './cases/case-reader.ts'
import { readCases } from './cases/read-cases.ts'
import type { StepCatalog } from './catalog.ts'
import type { WorkflowDefinition } from './definition.ts'
import type { Diagnostic } from './diagnostics.ts'
import { normalise } from './normalise.ts'
import { createReporter } from './normalise-report.ts'
import { type Parsed, parseText } from './parse.ts'
import { followers } from './reach.ts'
import { outputSlots } from './requirements.ts'
import { reopenings } from './types/reopens.ts'
import { checkConcurrency } from './validate-concurrency.ts'
import { checkGraph } from './validate-graph.ts'
import { checkLoops } from './validate-loops.ts'
import { providedBy } from './validate-provided.ts'
import { checkReferences } from './validate-references.ts'
import { checkRuntime } from './validate-runtime.ts'
import { isOutermost } from './validate-scopes.ts'
import { checkSettings, type KnownSettings } from './validate-settings.ts'
import { checkSliding } from './validate-sliding.ts'
import { checkSlots } from './validate-slots.ts'
import { checkStatic } from './validate-static.ts'
import { checkHiddenCharacters } from './validate-text.ts'
import { checkStartTypes, checkTypes } from './validate-types.ts'

export interface Validation {
  /** The canonical form; null when there is any error. */
  readonly definition: WorkflowDefinition | null
  /** What stands under `tests:`; it says nothing of how a run goes, so it is no part of the definition. */
  readonly tests: readonly TestCase[]
  /** Errors before warnings, then by position. */
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Reads a workflow text (YAML or JSON) and says everything that is wrong with it. The same call serves the editor, the API
 * and the command line; with `known` it also tells what the workspace has not configured.
 */
export function validateWorkflow(text: string, catalog: StepCatalog, known: KnownSettings = {}): Validation {
  return validateParsed(parseText(text), catalog, known)
}

/** The same of a text that was parsed already. */
export function validateParsed(
  { source, diagnostics }: Parsed,
  catalog: StepCatalog,
  known: KnownSettings = {},
): Validation {
  if (source === null) return { definition: null, tests: [], diagnostics }
  const reporter = createReporter(source, diagnostics)
  checkHiddenCharacters(source, reporter)
  const draft = normalise(source, catalog, reporter)
  if (draft === null) return { definition: null, tests: [], diagnostics: reporter.list() }
  const { definition, steps } = draft
  checkStatic(definition.static, reporter)
  const slots = checkSlots(steps, outputSlots(definition.outputs), source, reporter)
  const before = reporter.errors()
  const graph = checkGraph(steps, definition.start, source, reporter)
  checkSliding(steps, source, reporter)
  const whole = reporter.errors() === before && steps.every(({ sequence, leads }) => leads && sequence.complete)
  const provided = providedBy(definition, steps, reporter.lost(['inputs']))
  if (whole) checkLoops(steps, provided, graph, reporter)
  const after = followers(graph)
  checkRuntime(steps.filter(isOutermost), provided, graph, after, reporter)
  const byId = new Map(steps.map((draft) => [draft.step.id, draft]))
  const sensitive = new Set(known.sensitive)
  const told = checkReferences(slots, { definition, steps: byId, provided, sensitive }, reporter)
  const startSlots = checkConcurrency(definition, source, sensitive, reporter)
  const types = { definition, steps, slots, provided, whole, told, reopens: reopenings(steps, provided, after) }
  checkTypes(types, reporter)
  checkStartTypes(startSlots, types, reporter)
  checkSettings([...slots, ...startSlots], steps, definition, known, reporter)
  const written = isJsonObject(source.value) ? source.value.tests : undefined
  const tests = readCases(written, definition, new CaseReader(steps, source, reporter))
  return { definition: reporter.errors() > 0 ? null : definition, tests, diagnostics: reporter.list() }
}
