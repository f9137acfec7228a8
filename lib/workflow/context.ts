import { isJsonObject, type Json, type JsonObject } from '../json.ts'
import type { Instant } from '../time.ts'
import type { OutputSource, RunData, StepOutput } from './data.ts'
import { allSteps, type Step } from './definition.ts'
import type { HistoryEvent } from './events.ts'
import { forkOf, isUnder, nameInFork, ROOT, scopeChain } from './paths.ts'
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

/**
 * Folds start inputs and outputs, in the order of their commits, into the context of a scope. Only steps of the root merge
 * into `runtime`; those of a branch or item are read as `steps.<id>.output`, and only from inside it.
 */
export function foldContext(
  program: Program,
  data: RunData,
  path: string = ROOT,
): Context & { readonly produced: JsonObject } {
  const runtime: Record<string, Json> = { ...data.inputs }
  const produced = new Set(Object.keys(data.inputs))
  const inner: Record<string, Json> = {}
  const steps: Record<string, Json> = {}
  const visible = new Set(scopeChain(path))
  for (const entry of data.outputs) {
    if (!visible.has(entry.path)) continue
    steps[entry.step] = { output: entry.output }
    if (entry.path !== ROOT) {
      if (PRODUCED.has(entry.source)) inner[entry.step] = entry.output
      continue
    }
    const merged = mergedKeys(program, entry.step, entry.output)
    Object.assign(runtime, merged)
    if (PRODUCED.has(entry.source)) for (const name of Object.keys(merged)) produced.add(name)
    else if (holdsProduced(program, entry.step)) inner[entry.step] = entry.output
  }
  // Shown as they stand now: a value that another step overwrote is the one that would be used.
  const shown = Object.fromEntries([...produced].map((name) => [name, runtime[name] ?? null]))
  return { static: data.static, profile: { ...data.profile }, runtime, steps, produced: { ...shown, ...inner } }
}

/** Whether people or AI wrote anything inside this step. */
function holdsProduced(program: Program, id: string): boolean {
  return blocksOf(program.step(id)).some((step) => PRODUCED.has(program.type(step)?.source ?? 'call'))
}

function blocksOf(step: Step | undefined): readonly Step[] {
  return (step?.blocks ?? []).flatMap((block) => allSteps(block.steps))
}

function mergedKeys(program: Program, id: string, output: Json): JsonObject {
  const step = program.step(id)
  if (!step) return {}
  if (step.output_key) return { [step.output_key]: output }
  if (!isJsonObject(output)) return {}
  return program.type(step)?.merge?.(output) ?? output
}

/** What expressions of a step see in its scope. Secrets are added by the worker, only for steps that may read them. */
export function scopeOf(program: Program, data: RunData, now: Instant, path: string = ROOT): Scope {
  const { static: constants, profile, runtime, steps, produced } = foldContext(program, data, path)
  const locals = loopVariables(program, data, path)
  return {
    roots: { static: constants, profile, runtime, steps, inputs: data.inputs, run: { ...data.run, produced } },
    ...(locals ? { locals } : {}),
    now,
  }
}

/** `item` and the names authors gave it, those of inner loops over those of outer ones; null outside of any. */
function loopVariables(program: Program, data: RunData, path: string): JsonObject | null {
  const found = scopeChain(path).flatMap((scope) => {
    const fork = forkOf(scope)
    const items = fork === null ? null : data.forks[fork]
    const item = items?.[Number(nameInFork(scope))]
    if (fork === null || item === undefined) return []
    const as = program.step(stepOfFork(fork))?.config.as
    return [{ item, ...(typeof as === 'string' ? { [as]: item } : {}) }]
  })
  return found.length === 0 ? null : Object.assign({}, ...found)
}

/** The step that opened a fork: `root/orders@0.1` → `orders`. */
function stepOfFork(fork: string): string {
  return fork.slice(fork.lastIndexOf('/') + 1, fork.lastIndexOf('@'))
}

/** What a fork leaves: the outputs of its scopes, by block or in the order of the items, each by step. */
export function forkOutput(data: RunData, fork: string, names: readonly string[] | null): Json {
  const byScope = new Map<string, Record<string, Json>>()
  for (const { path, step, output } of data.outputs) {
    if (forkOf(path) !== fork) continue
    const name = nameInFork(path) ?? ''
    byScope.set(name, { ...byScope.get(name), [step]: output })
  }
  if (names === null) return (data.forks[fork] ?? []).map((_item, i) => byScope.get(String(i)) ?? {})
  return Object.fromEntries(names.flatMap((name) => (byScope.has(name) ? [[name, byScope.get(name) ?? {}]] : [])))
}

/** The data after these events: what a host keeps in memory instead of reading it again. */
export function applyEvents(data: RunData, events: readonly HistoryEvent[]): RunData {
  return events.reduce(applyEvent, data)
}

function applyEvent(data: RunData, event: HistoryEvent): RunData {
  if (event.type === 'step.completed') {
    const { path, step, visit, output, source, joins } = event
    const kept = joins === undefined ? data : withoutFork(data, joins)
    return { ...kept, outputs: [...kept.outputs, { path, step, visit, output, source }] }
  }
  if (event.type === 'step.forked') return { ...data, forks: { ...data.forks, [event.scope]: event.items } }
  if (event.type === 'run.reopened' && event.inputs) return { ...data, inputs: { ...data.inputs, ...event.inputs } }
  return data
}

/** What stood inside a fork stands in its output from now on. */
function withoutFork(data: RunData, fork: string): RunData {
  const { [fork]: _joined, ...forks } = data.forks
  return { ...data, forks, outputs: data.outputs.filter(({ path }: StepOutput) => !isUnder(path, fork)) }
}
