import { isJsonObject, type Json, type JsonObject } from '../json.ts'
import { declaredPart } from '../schema/declared-names.ts'
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
  const { runtime, steps, produced, inner } = path === ROOT ? foldRoot(program, data) : foldInner(program, data, path)
  // Shown as they stand now: a value that another step overwrote is the one that would be used.
  const shown = Object.fromEntries([...produced].map((name) => [name, runtime[name] ?? null]))
  return { static: data.static, profile: { ...data.profile }, runtime, steps, produced: { ...shown, ...inner } }
}

/** What outputs come to, before it is shown as a context. Never changed: the next output makes the next one. */
interface Fold {
  readonly runtime: JsonObject
  readonly steps: JsonObject
  /** Names in `runtime` that people or AI gave. */
  readonly produced: ReadonlySet<string>
  /** Outputs that hold what people or AI wrote without its standing in `runtime`. */
  readonly inner: JsonObject
}

/**
 * The fold of the root for each list of outputs, with what else it depends on. A run of thousands of steps asks for it at
 * every one of them: it is made from the one before (`withOutput`), and from the beginning only for data that was read back.
 */
const folds = new WeakMap<
  readonly StepOutput[],
  { readonly program: Program; readonly inputs: JsonObject; readonly fold: Fold }
>()

function foldRoot(program: Program, data: RunData): Fold {
  const known = folds.get(data.outputs)
  if (known?.program === program && known.inputs === data.inputs) return known.fold
  const fold = data.outputs.filter(({ path }) => path === ROOT).reduce(add(program), beginning(program, data))
  folds.set(data.outputs, { program, inputs: data.inputs, fold })
  return fold
}

function foldInner(program: Program, data: RunData, path: string): Fold {
  const around = new Set(scopeChain(path))
  around.delete(ROOT)
  return data.outputs.filter((entry) => around.has(entry.path)).reduce(add(program), foldRoot(program, data))
}

function beginning({ definition }: Program, { inputs }: RunData): Fold {
  const runtime = declaredPart(definition.inputs?.schema ?? null, inputs)
  return { runtime, steps: {}, produced: new Set(Object.keys(runtime)), inner: {} }
}

function add(program: Program): (fold: Fold, entry: StepOutput) => Fold {
  return (fold, entry) => {
    const { step, output, source, path } = entry
    const steps = { ...fold.steps, [step]: { output } }
    const byPeople = PRODUCED.has(source)
    if (path !== ROOT) return { ...fold, steps, inner: byPeople ? { ...fold.inner, [step]: output } : fold.inner }
    const merged = mergedKeys(program, step, output)
    const names = byPeople ? Object.keys(merged).filter((name) => !fold.produced.has(name)) : []
    const holds = !byPeople && holdsProduced(program, step)
    return {
      runtime: { ...fold.runtime, ...merged },
      steps,
      produced: names.length === 0 ? fold.produced : new Set([...fold.produced, ...names]),
      inner: holds ? { ...fold.inner, [step]: output } : fold.inner,
    }
  }
}

/** The data with one output more, and its fold where the one before is known. */
function withOutput(data: RunData, entry: StepOutput): RunData {
  const outputs = [...data.outputs, entry]
  const known = folds.get(data.outputs)
  if (known) folds.set(outputs, entry.path === ROOT ? { ...known, fold: add(known.program)(known.fold, entry) } : known)
  return { ...data, outputs }
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
  const type = program.type(step)
  return type?.merge?.(output) ?? declaredPart(type?.output(step.config) ?? null, output)
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
    return withOutput(kept, { path, step, visit, output, source })
  }
  if (event.type === 'step.forked') return { ...data, forks: { ...data.forks, [event.scope]: event.items } }
  if (event.type === 'run.reopened' && event.inputs) return { ...data, inputs: { ...data.inputs, ...event.inputs } }
  return data
}

/** What stood inside a fork stands in its output from now on. */
function withoutFork(data: RunData, fork: string): RunData {
  const { [fork]: _joined, ...forks } = data.forks
  const outputs = data.outputs.filter(({ path }) => !isUnder(path, fork))
  // None of them stood in the root.
  const known = folds.get(data.outputs)
  if (known) folds.set(outputs, known)
  return { ...data, forks, outputs }
}
