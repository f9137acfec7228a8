import { isJsonObject, type Json, type JsonObject } from '../json.ts'
import type { Instant } from '../time.ts'
import type { OutputSource, RunData } from './data.ts'
import type { HistoryEvent } from './events.ts'
import type { Program } from './program.ts'
import type { Scope } from './scope.ts'

/** What people and AI wrote: an approval shows this where the author names nothing. */
const PRODUCED: ReadonlySet<OutputSource> = new Set(['person', 'ai'])

/** The context as people and the API see it. */
export interface Context {
  readonly static: JsonObject
  readonly profile: JsonObject
  readonly runtime: JsonObject
  readonly steps: JsonObject
}

/** Folds start inputs and outputs, in the order of their commits, into the context. */
export function foldContext(program: Program, data: RunData): Context & { readonly produced: JsonObject } {
  const runtime: Record<string, Json> = { ...data.inputs }
  const produced = new Set(Object.keys(data.inputs))
  const steps: Record<string, Json> = {}
  for (const entry of data.outputs) {
    // Inner outputs of branches and items stand at their parent's output; only root steps merge.
    if (entry.path !== 'root') continue
    steps[entry.step] = { output: entry.output }
    const merged = mergedKeys(program, entry.step, entry.output)
    Object.assign(runtime, merged)
    if (PRODUCED.has(entry.source)) for (const name of Object.keys(merged)) produced.add(name)
  }
  // Shown as they stand now: a value that another step overwrote is the one that would be used.
  const shown = Object.fromEntries([...produced].map((name) => [name, runtime[name] ?? null]))
  return { static: data.static, profile: { ...data.profile }, runtime, steps, produced: shown }
}

function mergedKeys(program: Program, id: string, output: Json): JsonObject {
  const step = program.step(id)
  if (!step) return {}
  if (step.output_key) return { [step.output_key]: output }
  if (!isJsonObject(output)) return {}
  return program.type(step)?.merge?.(output) ?? output
}

/** What expressions of a step see. Secrets are added by the worker, only for steps that may read them. */
export function scopeOf(program: Program, data: RunData, now: Instant): Scope {
  const { static: constants, profile, runtime, steps, produced } = foldContext(program, data)
  return {
    roots: { static: constants, profile, runtime, steps, inputs: data.inputs, run: { ...data.run, produced } },
    now,
  }
}

/** The data after these events: what a host keeps in memory instead of reading it again. */
export function applyEvents(data: RunData, events: readonly HistoryEvent[]): RunData {
  return events.reduce(applyEvent, data)
}

function applyEvent(data: RunData, event: HistoryEvent): RunData {
  if (event.type === 'step.completed') {
    const { path, step, visit, output, source } = event
    return { ...data, outputs: [...data.outputs, { path, step, visit, output, source }] }
  }
  if (event.type === 'run.reopened' && event.inputs) return { ...data, inputs: { ...data.inputs, ...event.inputs } }
  return data
}
