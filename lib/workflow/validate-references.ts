import type { WorkflowDefinition } from './definition.ts'
import type { DiagnosticCode } from './diagnostic-codes.ts'
import type { Reference } from './expressions/references.ts'
import type { Reporter } from './normalise-report.ts'
import type { StepDraft } from './normalise-step.ts'
import { NAMESPACES } from './scope.ts'
import { didYouMean, nearest, oneOf } from './suggest.ts'
import type { Provided } from './validate-provided.ts'
import { isSeenFrom, itemNames, outputPath } from './validate-scopes.ts'
import type { PlacedSlot } from './validate-slots.ts'

/** What the names in slots are held against. */
export interface Names {
  readonly definition: WorkflowDefinition
  readonly steps: ReadonlyMap<string, StepDraft>
  readonly provided: Provided
  /** Constants that may stand only where secrets may. */
  readonly sensitive: ReadonlySet<string>
}

export const PROFILE = ['user_id', 'user_email', 'user_role', 'name', 'agent_id']
export const RUN = ['id', 'workflow_id', 'workflow_name', 'workflow_version']

/** The reads of which something was told: by their slots, where they begin. */
export type Told = ReadonlyMap<PlacedSlot, ReadonlySet<number>>

/** Names that cannot have a value, secrets where they would be seen, and steps that do not exist. */
export function checkReferences(slots: readonly PlacedSlot[], names: Names, reporter: Reporter): Told {
  const told = new Map<PlacedSlot, Set<number>>()
  for (const slot of slots) {
    const hyphens = hyphenated(slot, names, reporter)
    const here = new Set<number>()
    for (const read of slot.reads) {
      if (reporter.full()) return told
      const before = reporter.found()
      if (!hyphens.some(([from, to]) => read.offset >= from && read.offset < to)) checkRead(read, slot, names, reporter)
      else here.add(read.offset)
      if (reporter.found() > before) here.add(read.offset)
    }
    told.set(slot, here)
  }
  return told
}

function checkRead(read: Reference, slot: PlacedSlot, names: Names, reporter: Reporter): void {
  const [name] = read.path
  const text = name === undefined ? undefined : String(name)
  switch (read.root) {
    case 'env':
    case 'secrets':
      if (!slot.secrets) {
        const message = `Secrets may be read only in the address, headers, query and body of an api_call, because everything else is kept and shown.`
        tell(reporter, slot, read, 'secret.not_allowed_here', message)
      }
      return
    case 'static':
      if (text !== undefined && isSensitive(text, names) && !slot.secrets) {
        const message = `The constant ${text} is marked sensitive, so it may be read only where secrets may: in an api_call.`
        tell(reporter, slot, read, 'static.not_allowed_here', message)
      }
      return
    case 'steps':
      if (text !== undefined) checkStep(text, read, slot, names, reporter)
      return
    case 'runtime':
      if (text !== undefined) checkName(text, read, slot, names, reporter)
      return
    case 'inputs':
      if (text !== undefined) checkInput(text, read, slot, names, reporter)
      return
    case 'profile':
      if (text !== undefined) checkFixed('profile', text, PROFILE, read, slot, reporter)
      return
    case 'run':
      if (text !== undefined) checkFixed('run', text, RUN, read, slot, reporter)
      return
    case 'item':
      if (!read.guarded && itemNames(slot.step) === null)
        tell(reporter, slot, read, 'variable.unknown', 'item exists only inside for_each.')
      return
    default:
      if (!read.guarded) {
        const message = `${read.root} has a value only in runs that an event started, which this version does not do yet.`
        reporter.warning('not_yet_effective', message, slot.path, { range: slot.range(read.offset, read.length) })
      }
  }
}

/** The file's own constant of that name stands before the workspace's. */
function isSensitive(name: string, { sensitive, definition }: Names): boolean {
  return sensitive.has(name) && !Object.hasOwn(definition.static, name)
}

function checkStep(id: string, read: Reference, slot: PlacedSlot, names: Names, reporter: Reporter): void {
  const lower = id.toLowerCase()
  const found = names.steps.get(id)
  if (!found) {
    const meant = names.steps.has(lower) ? lower : nearest(lower, names.steps.keys())
    const at = slot.source.indexOf(id, read.offset)
    const inside = at >= 0 && at + id.length <= read.offset + read.length
    tell(reporter, slot, read, 'step.unknown_reference', `There is no step ${id}.`, {
      hint: meant === undefined ? undefined : `Did you mean steps.${meant}?`,
      fix: meant === undefined || !inside ? undefined : slot.fix(`Change to ${meant}`, at, id.length, meant),
    })
    return
  }
  if (!isSeenFrom(slot.step, found)) {
    const fork = found.sequence.inside?.step
    const message = `${id} stands inside ${fork}, so only what is in there with it sees steps.${id}.`
    tell(reporter, slot, read, 'step.out_of_sight', message, { hint: `Once ${fork} is done: ${outputPath(found)}.` })
    return
  }
  const [, part, ...inner] = read.path
  if (part === 'output') checkInner(found, inner, read, slot, names, reporter)
  if (part === undefined || part === 'output') return
  const message = `A step has only its output here. Write steps.${id}.output.${String(part)}.`
  const at = read.offset + `steps.${id}`.length
  const written = slot.source.startsWith(`steps.${id}.`, read.offset)
  const fix = written ? slot.fix('Add .output', at, 0, '.output') : undefined
  tell(reporter, slot, read, 'step.only_output', message, { fix })
}

/** What a step that holds others leaves: its branches, or a list, and the steps in each. */
function checkInner(
  { step, held }: StepDraft,
  inner: readonly (string | number)[],
  read: Reference,
  slot: PlacedSlot,
  { steps }: Names,
  reporter: Reporter,
): void {
  if (held === null || step.blocks === undefined || read.guarded) return
  const [place, id] = inner
  const block = held.as === 'steps' ? step.blocks[0] : step.blocks.find(({ name }) => name === place)
  const blocks = step.blocks.map(({ name }) => name)
  if (!block && typeof place === 'string') {
    const message = `${step.id} has no branch ${place}. It has ${oneOf(blocks)}.`
    tell(reporter, slot, read, 'step.unknown_reference', message, { hint: didYouMean(place, blocks) })
    return
  }
  if (!block || typeof id !== 'string' || block.steps.some((one) => one.id === id)) return
  const ids = block.steps.map((one) => one.id)
  const elsewhere = steps.get(id)
  const message = `${held.as === 'steps' ? step.id : block.name} has no step ${id}. It has ${oneOf(ids)}.`
  const hint = elsewhere?.sequence.inside?.step === step.id ? `Write ${outputPath(elsewhere)}.` : didYouMean(id, ids)
  tell(reporter, slot, read, 'step.unknown_reference', message, { hint })
}

function checkName(name: string, read: Reference, slot: PlacedSlot, names: Names, reporter: Reporter): void {
  const { provided, steps, definition } = names
  const bare = !slot.source.slice(read.offset, read.offset + read.length).startsWith('runtime')
  if (read.guarded || provided.names.has(name) || (bare && slot.names?.includes(name))) return
  const space = bare && read.path.length > 1 ? nearest(name, NAMESPACES) : undefined
  if (space !== undefined) {
    tell(reporter, slot, read, 'variable.unknown_namespace', `There is no namespace ${name}.`, {
      hint: `Did you mean ${space}?`,
      fix: slot.fix(`Change to ${space}`, read.offset, name.length, space),
    })
    return
  }
  const more = { range: slot.range(read.offset, read.length), hint: hintFor(name, slot, names) }
  const shown = bare ? name : `runtime.${name}`
  if (provided.open && provided.unread) return
  if (provided.open) {
    const why =
      definition.inputs === null ? 'no step provides it, and inputs are not declared' : 'no step is known to provide it'
    reporter.warning('variable.unknown', `${shown} may be missing when the run gets here: ${why}.`, slot.path, more)
  } else {
    const cure = steps.size > 0 ? 'Declare it in inputs, or let a step provide it.' : ''
    reporter.error(
      'variable.unknown',
      `Nothing provides ${shown}: no input and no step. ${cure}`.trim(),
      slot.path,
      more,
    )
  }
}

function hintFor(name: string, slot: PlacedSlot, { provided, steps }: Names): string | undefined {
  const lower = name.toLowerCase()
  if (steps.has(lower)) return `The output of that step is steps.${lower}.output.`
  const meant = didYouMean(name, [...provided.names.keys(), ...(slot.names ?? [])])
  if (meant !== undefined) return meant
  // Where an expression is expected, a word that was meant as text reads as a name.
  const alone = slot.kind === 'expression' && slot.source.trim() === name
  return alone ? `If the text itself is meant, write "'${name}'".` : undefined
}

function checkInput(name: string, read: Reference, slot: PlacedSlot, { definition }: Names, reporter: Reporter): void {
  if (read.guarded || definition.inputs === null) return
  const keys = definition.inputs.fields.map((field) => field.key)
  if (keys.includes(name)) return
  const { additionalProperties = true } = definition.inputs.schema
  const message = `There is no input ${name}.`
  const more = { range: slot.range(read.offset, read.length), hint: didYouMean(name, keys) }
  if (additionalProperties === false) reporter.error('variable.unknown', message, slot.path, more)
  else
    reporter.warning(
      'variable.unknown',
      `${message} The inputs’ schema lets others pass, so it may be missing.`,
      slot.path,
      more,
    )
}

function checkFixed(
  root: string,
  name: string,
  known: readonly string[],
  read: Reference,
  slot: PlacedSlot,
  reporter: Reporter,
): void {
  if (known.includes(name)) return
  const message = `${root} has no ${name}. It has ${oneOf(known)}.`
  tell(reporter, slot, read, 'variable.unknown', message, { hint: didYouMean(name, known) })
}

const HYPHENATED = /\bsteps\.([A-Za-z][A-Za-z0-9_]*(?:-[A-Za-z0-9_]+)+)/g

/** `steps.my-step` subtracts `step` from `steps.my`. Where such a step exists, that was not meant. Answers the places found. */
function hyphenated(slot: PlacedSlot, names: Names, reporter: Reporter): readonly (readonly [number, number])[] {
  const places: (readonly [number, number])[] = []
  for (const found of slot.source.matchAll(HYPHENATED)) {
    const [written, id = ''] = found
    const step = longestStep(id.toLowerCase(), names.steps)
    if (step === undefined) continue
    const length = written.length - id.length + step.length
    const text = `steps['${step}']`
    const range = slot.range(found.index, length)
    const fix = slot.fix(`Write ${text}`, found.index, length, text)
    const message = `The hyphen in steps.${step} is read as a minus. Write ${text}.`
    reporter.error('step.hyphenated_reference', message, slot.path, { range, fix })
    const rest = /^[\w.-]*/.exec(slot.source.slice(found.index))?.[0].length ?? length
    places.push([found.index, found.index + rest])
  }
  return places
}

/** The id a hyphenated word begins with: `my-step-1` may be the step `my-step` minus one. */
function longestStep(word: string, ids: ReadonlyMap<string, StepDraft>): string | undefined {
  for (let end = word.length; end > 0; end = word.lastIndexOf('-', end - 1)) {
    const candidate = word.slice(0, end)
    if (candidate.includes('-') && ids.has(candidate)) return candidate
  }
  return undefined
}

function tell(
  reporter: Reporter,
  slot: PlacedSlot,
  read: Reference,
  code: DiagnosticCode,
  message: string,
  more: { readonly hint?: string | undefined; readonly fix?: ReturnType<PlacedSlot['fix']> } = {},
): void {
  reporter.error(code, message, slot.path, { range: slot.range(read.offset, read.length), ...more })
}
