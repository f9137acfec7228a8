import { isJsonObject, type Json, type JsonObject } from '../json.ts'
import { allSteps, type Field, type Limits, type Step, type WorkflowDefinition } from './definition.ts'
import { formatDuration } from './durations.ts'

/** One difference of meaning between two definitions, in a sentence. */
export interface WorkflowChange {
  readonly kind: 'added' | 'removed' | 'changed'
  /** null: of the workflow as a whole. */
  readonly step: string | null
  readonly text: string
}

/** Longer values are not quoted: that they changed is said, how is for the text to show. */
const QUOTED = 60

/**
 * What differs in meaning between two canonical definitions; comments, order of keys and style are none of it. First the
 * workflow as a whole, then its steps in their order.
 */
export function compareDefinitions(before: WorkflowDefinition, after: WorkflowDefinition): readonly WorkflowChange[] {
  const [oldSteps, newSteps] = [allSteps(before.steps), allSteps(after.steps)]
  const renamed = renamings(oldSteps, newSteps)
  const old = new Map(oldSteps.map((step) => [renamed.get(step.id) ?? step.id, step]))
  const now = new Map(newSteps.map((step) => [step.id, step]))
  const [stood, stands] = [places(before.steps), places(after.steps)]
  return [
    ...compareWhole(before, after),
    ...[...renamed].map(([from, to]) => change('changed', to, `Step ${from} renamed to ${to}`)),
    ...oldSteps
      .filter(({ id }) => !now.has(renamed.get(id) ?? id))
      .map(({ id }) => change('removed', id, `Step ${id} removed`)),
    ...newSteps.flatMap((step): readonly WorkflowChange[] => {
      const was = old.get(step.id)
      const { after: previous = null, inside = null } = stands.get(step.id) ?? {}
      if (was === undefined) {
        const place = previous === null ? 'as the first' : `after ${previous}`
        return [change('added', step.id, `Step ${step.id} added ${place}${inside === null ? '' : ` in ${inside}`}`)]
      }
      const from = stood.get(was.id)?.inside ?? null
      const moved = from === inside ? [] : [change('changed', step.id, movedTo(step.id, inside))]
      const route = {
        known: (id: string) => old.has(id),
        kept: (id: string) => now.has(renamed.get(id) ?? id),
        renamed,
      }
      return [...moved, ...compareStep(was, step, route)]
    }),
  ]
}

function change(kind: WorkflowChange['kind'], step: string | null, text: string): WorkflowChange {
  return { kind, step, text }
}

interface Place {
  /** The step before it among its own; null for the first. */
  readonly after: string | null
  /** The step around it, with the branch; null outside of any. */
  readonly inside: string | null
}

function places(steps: readonly Step[], inside: string | null = null): ReadonlyMap<string, Place> {
  return new Map(
    steps.flatMap(({ id, blocks = [] }, i) => [
      [id, { after: steps[i - 1]?.id ?? null, inside }] as const,
      ...blocks.flatMap((block) => [...places(block.steps, block.name === 'steps' ? id : `${id}, ${block.name}`)]),
    ]),
  )
}

function movedTo(id: string, inside: string | null): string {
  return inside === null ? `Step ${id} moved out` : `Step ${id} moved into ${inside}`
}

/** Steps that are the same but for their id. */
function renamings(before: readonly Step[], after: readonly Step[]): ReadonlyMap<string, string> {
  const oldIds = new Set(before.map(({ id }) => id))
  const newIds = new Set(after.map(({ id }) => id))
  const fresh = after.filter(({ id }) => !oldIds.has(id))
  const renamed = new Map<string, string>()
  for (const step of before) {
    if (newIds.has(step.id)) continue
    const taken = new Set(renamed.values())
    const match = fresh.find(
      ({ id, type, config }) => !taken.has(id) && type === step.type && same(config, step.config),
    )
    if (match) renamed.set(step.id, match.id)
  }
  return renamed
}

function compareWhole(before: WorkflowDefinition, after: WorkflowDefinition): readonly WorkflowChange[] {
  const parts = (definition: WorkflowDefinition): JsonObject => ({
    name: definition.name,
    description: definition.description,
    tags: [...definition.tags],
    'first step': definition.start,
    inputs: definition.inputs?.fields.map(fieldParts) ?? null,
    static: definition.static,
    secrets: [...definition.secrets],
    limits: limitParts(definition.limits),
    outputs: definition.outputs,
  })
  return compareValues(parts(before), parts(after), []).map((found) => ({
    ...found,
    step: null,
    text: sentence(found.text),
  }))
}

function limitParts({ concurrency, ...limits }: Limits): JsonObject {
  return concurrency ? { ...limits, concurrency: { ...concurrency } } : limits
}

function fieldParts({ options, ...field }: Field): JsonObject {
  return options === undefined ? field : { ...field, options: options.map((option) => ({ ...option })) }
}

interface Route {
  readonly known: (id: string) => boolean
  readonly kept: (id: string) => boolean
  readonly renamed: ReadonlyMap<string, string>
}

function compareStep(before: Step, after: Step, { known, kept, renamed }: Route): readonly WorkflowChange[] {
  // Where a step was put in between or taken out, that says it all; so does a step's new name.
  const follows =
    (after.next !== null && !known(after.next)) ||
    (before.next !== null && !kept(before.next)) ||
    (before.next !== null && renamed.get(before.next) === after.next)
  const parts = ({ type, name, next, when, timeout_ms, on_error, output_key, retry, config }: Step): JsonObject => ({
    type,
    name,
    next: follows ? null : (next ?? 'end'),
    when,
    timeout_ms,
    on_error: on_error ?? 'fail',
    output_key,
    retry: retry && { ...retry },
    ...config,
  })
  return compareValues(parts(before), parts(after), []).map((found) => ({
    ...found,
    step: after.id,
    text: `Step ${after.id}: ${found.text}`,
  }))
}

type Found = Pick<WorkflowChange, 'kind' | 'text'>

function compareValues(before: JsonObject, after: JsonObject, path: readonly string[]): readonly Found[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return keys.flatMap((key) => compareValue(before[key] ?? null, after[key] ?? null, [...path, key]))
}

function compareValue(before: Json, after: Json, path: readonly string[]): readonly Found[] {
  if (same(before, after)) return []
  if (Array.isArray(before) && Array.isArray(after)) return compareLists(before, after, path)
  // A schema is its author's text; telling its parts one by one would bury the rest.
  const schema = path.at(-1)?.endsWith('schema') === true
  if (isJsonObject(before) && isJsonObject(after) && !schema) return compareValues(before, after, path)
  const name = nameOf(path)
  if (before === null) return [{ kind: 'added', text: worded(`${name} set`, ' to ', quote(after, path)) }]
  if (after === null) return [{ kind: 'removed', text: worded(`${name} removed`, ', was ', quote(before, path)) }]
  const [was, is] = [quote(before, path), quote(after, path)]
  return [{ kind: 'changed', text: was === null || is === null ? `${name} changed` : `${name} ${was} → ${is}` }]
}

/** Members are told apart by what they are called, so that one more does not change all that follow. */
function compareLists(before: readonly Json[], after: readonly Json[], path: readonly string[]): readonly Found[] {
  const name = nameOf(path)
  const one = singular(name)
  const old = new Map(before.map((item, i) => [memberName(item) ?? `#${i + 1}`, item]))
  const now = new Map(after.map((item, i) => [memberName(item) ?? `#${i + 1}`, item]))
  const found: Found[] = []
  for (const key of old.keys()) if (!now.has(key)) found.push({ kind: 'removed', text: `${one} ${key} removed` })
  for (const [key, item] of now) {
    const was = old.get(key)
    if (was === undefined) found.push({ kind: 'added', text: `${one} ${key} added` })
    else if (isJsonObject(was) && isJsonObject(item)) found.push(...compareValues(was, item, [`${one} ${key}`]))
    else if (!same(was, item)) found.push({ kind: 'changed', text: `${one} ${key} changed` })
  }
  return found.length > 0 ? found : [{ kind: 'changed', text: `order of ${name} changed` }]
}

function memberName(item: Json): string | null {
  if (isJsonObject(item)) {
    for (const key of ['key', 'id', 'email', 'role', 'user', 'expr', 'when', 'label']) {
      const value = item[key]
      if (typeof value === 'string') return key === 'role' || key === 'user' ? `${key} ${value}` : cut(value)
    }
    return null
  }
  return item === null || Array.isArray(item) ? null : cut(String(item))
}

function cut(text: string): string {
  const flat = text.replaceAll(/\s+/g, ' ').trim()
  return flat.length > QUOTED ? `${flat.slice(0, QUOTED - 1)}…` : flat
}

function nameOf(path: readonly string[]): string {
  return path.map((key) => key.replace(/_ms$/, '').replaceAll('_', ' ')).join(' ')
}

function singular(name: string): string {
  return name.endsWith('s') && !name.endsWith('ss') ? name.slice(0, -1) : name
}

/** A value in a few words; null where it is too long for that. */
function quote(value: Json, path: readonly string[]): string | null {
  if (typeof value === 'number' && path.at(-1)?.endsWith('_ms')) return formatDuration(value)
  if (isJsonObject(value) || Array.isArray(value)) return null
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > QUOTED || text.includes('\n') ? null : text
}

function worded(start: string, join: string, value: string | null): string {
  return value === null ? start : `${start}${join}${value}`
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** Whether two values are equal; the order of keys does not count. */
function same(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => same(item, b[i]))
  if (!isJsonObject(a) || !isJsonObject(b)) return false
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && same(a[key], b[key]))
}
