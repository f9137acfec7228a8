import { isJsonObject, type Json } from '../json.ts'
import type { Slot, StepCatalog } from './catalog.ts'
import { allSteps, type Step, type WorkflowDefinition } from './definition.ts'
import type { SourcePath } from './diagnostics.ts'
import { type Reference, references } from './expressions/references.ts'
import { templateReferences } from './templates/check.ts'

/** What has to be configured before a run may start; each name once, in the order in which it is met. */
export interface Requirements {
  /** Constants that are read and not in the file itself. */
  readonly statics: readonly string[]
  /** Secrets that are declared or read. */
  readonly secrets: readonly string[]
  /** Stored prompts; `version: null` means the newest. */
  readonly templates: readonly { readonly id: string; readonly version: number | null }[]
}

export function requirements(definition: WorkflowDefinition, catalog: StepCatalog): Requirements {
  const steps = allSteps(definition.steps)
  const slots = [
    ...steps.flatMap((step) => stepSlots(step, catalog)),
    ...outputSlots(definition.outputs),
    ...concurrencySlots(definition),
  ]
  const reads = slots.flatMap((slot) =>
    slot.kind === 'expression' ? references(slot.source) : templateReferences(slot.source),
  )
  const templates = new Map(
    steps
      .flatMap((step) => catalog.get(step.type)?.templates?.(step.config) ?? [])
      .map(({ id, version }) => [JSON.stringify([id, version]), { id, version }]),
  )
  return {
    statics: [...new Set(reads.flatMap((read) => missingStatic(read, definition) ?? []))],
    secrets: [...new Set([...definition.secrets, ...reads.flatMap((read) => neededSecret(read) ?? [])])],
    templates: [...templates.values()],
  }
}

function stepSlots(step: Step, catalog: StepCatalog): readonly Slot[] {
  const own = catalog.get(step.type)?.slots(step.config) ?? []
  return step.when === null ? own : [...own, { path: ['when'], kind: 'expression', source: step.when, secrets: false }]
}

/** The constant that a place reads and the file does not have; null when it reads none. What is guarded may be absent. */
export function missingStatic(read: Reference, definition: WorkflowDefinition): string | null {
  const [name] = read.path
  if (read.root !== 'static' || read.guarded || typeof name !== 'string') return null
  return Object.hasOwn(definition.static, name) ? null : name
}

/** The secret that a place reads; null when it reads none. */
export function neededSecret(read: Reference): string | null {
  const [name] = read.path
  if ((read.root !== 'env' && read.root !== 'secrets') || read.guarded || typeof name !== 'string') return null
  return name
}

/** The key by which runs take turns, where one is given. */
export function concurrencySlots({ limits }: WorkflowDefinition): readonly Slot[] {
  const key = limits.concurrency?.key
  return key ? [{ path: ['limits', 'concurrency', 'key'], kind: 'expression', source: key, secrets: false }] : []
}

/** The templates within a workflow's `outputs`. */
export function outputSlots(outputs: Json, path: SourcePath = ['outputs']): readonly Slot[] {
  if (typeof outputs === 'string') {
    return outputs.includes('{') ? [{ path, kind: 'template', source: outputs, secrets: false }] : []
  }
  if (Array.isArray(outputs)) return outputs.flatMap((item: Json, i) => outputSlots(item, [...path, i]))
  if (!isJsonObject(outputs)) return []
  return Object.entries(outputs).flatMap(([key, item]) => outputSlots(item, [...path, key]))
}
