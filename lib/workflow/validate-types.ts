import type { Slot } from './catalog.ts'
import type { WorkflowDefinition } from './definition.ts'
import type { Reporter } from './normalise-report.ts'
import type { Sequence, StepDraft } from './normalise-step.ts'
import type { Explain } from './types/context.ts'
import { typeOfSource } from './types/dynamic.ts'
import type { Absence, TypeFinding } from './types/findings.ts'
import { type Flow, flowOf } from './types/flow.ts'
import { typeOfSchema } from './types/from-schema.ts'
import type { Reopenings } from './types/reopens.ts'
import { type Circumstances, type Found, withLocals } from './types/scope.ts'
import type { State } from './types/state.ts'
import { Trees } from './types/trees.ts'
import { present } from './types/type.ts'
import { checkUse } from './types/uses.ts'
import type { Provided } from './validate-provided.ts'
import type { Told } from './validate-references.ts'
import { isSeenFrom, itemNames } from './validate-scopes.ts'
import type { PlacedSlot } from './validate-slots.ts'

export interface TypeCheck {
  readonly definition: WorkflowDefinition
  readonly steps: readonly StepDraft[]
  readonly slots: readonly PlacedSlot[]
  readonly provided: Provided
  /** Whether every way of a run is known: where one leads nowhere, nothing can be said of what the others miss. */
  readonly whole: boolean
  readonly reopens: Reopenings
  /** What was said of reads already is not said again. */
  readonly told: Told
}

/** Follows types from where values come in to where they are used, over every way a run can take. */
export function checkTypes(check: TypeCheck, reporter: Reporter): void {
  const trees = new Trees()
  const flow = flowOf({ ...check, trees })
  const root = check.steps.find(({ sequence }) => sequence.inside === null)?.sequence
  for (const slot of check.slots) {
    if (reporter.full()) return
    const state = stateAt(slot, flow, root)
    if (state !== undefined) checkSlot(slot, state, { ...check, flow, trees }, reporter)
  }
}

/** A key of `limits` is evaluated before there is a run, with what it is started with. */
export function checkStartTypes(slots: readonly PlacedSlot[], check: TypeCheck, reporter: Reporter): void {
  const trees = new Trees()
  const flow = flowOf({ ...check, steps: [], trees })
  for (const slot of slots) checkSlot(slot, flow.start, { ...check, whole: false, flow, trees }, reporter)
}

/** What is known where a slot is evaluated; undefined: no run comes there. */
function stateAt(slot: PlacedSlot, flow: Flow, root: Sequence | undefined): State | undefined {
  const { step: draft } = slot
  if (draft === null) return root && flow.end(root)
  const entry = flow.entry(draft)
  if (entry === undefined || slot.guard) return entry
  const { when } = draft.step
  const begun = when === null ? entry : flow.given(draft, entry, [{ source: when, holds: true }])
  return flow.given(draft, begun, slot.given ?? [])
}

interface Checking extends TypeCheck {
  readonly flow: Flow
  readonly trees: Trees
}

function checkSlot(slot: PlacedSlot, state: State, checking: Checking, reporter: Reporter): void {
  if (!slot.sound) return
  const { flow, trees } = checking
  const told = checking.told.get(slot)
  const tell = ({ code, message, offset, length, hint, uncertain }: TypeFinding) => {
    if (told?.has(offset)) return
    // What a part of the text that could not be read would give, nobody knows.
    if (uncertain && checking.provided.unread) return
    const more = { range: slot.range(offset, length), hint }
    if (uncertain) reporter.warning(code, message, slot.path, more)
    else reporter.error(code, message, slot.path, more)
  }
  const by = flow.inference(state, tell, explain(slot, checking))
  const at = withParts(flow.circumstances(slot.step, state), slot)
  const type = typeOfSource(slot.kind, slot.source, trees, at, by)
  if (slot.wants) checkUse(slot.wants, type, slot.source.length, tell)
}

/** Names that only this slot sees. Those of the loops around it go before them. */
function withParts(at: Circumstances, slot: Slot & { readonly step: StepDraft | null }): Circumstances {
  const { parts, step } = slot
  if (parts === undefined) return at
  const own = typeOfSchema(parts).object?.properties ?? new Map<string, never>()
  const loops = new Set(['item', ...(itemNames(step) ?? [])])
  const names = [...own].filter(([name]) => !(at.locals.has(name) && loops.has(name)))
  return withLocals(
    at,
    names.map(([name, type]): [string, Found] => [
      name,
      { type: present(type), absence: type.absent ? optionalPart(name) : null },
    ]),
  )
}

function optionalPart(name: string): Absence {
  const message = `${name} may be missing: its schema does not require it.`
  return { code: 'variable.maybe_missing', message, hint: `Put it among required, or write default(${name}, …).` }
}

/** Why a name may be missing where a slot reads it. */
function explain(slot: PlacedSlot, { provided, steps, whole }: Checking): Explain {
  const here = slot.step === null ? 'the run ends' : `the run comes to ${slot.step.step.id}`
  return {
    name(name, found, open) {
      const providers = provided.names.get(name)
      // What nothing provides is told of where names are checked.
      if (!whole || providers === undefined) return null
      const from = providers.flatMap((one) => one?.step.id ?? [])
      const listed = from.length > 3 ? `${from.slice(0, 3).join(', ')} …` : from.join(' or ')
      if (found === undefined) {
        const why = open ? 'and inputs are not declared' : 'and no way from there leads here'
        return {
          code: 'variable.unknown',
          uncertain: open,
          message: `${open ? `${name} may not be there yet` : `There is no ${name} yet`} when ${here}: ${listed} gives it, ${why}.`,
        }
      }
      return {
        code: 'variable.maybe_missing',
        message: `${name} may be missing when ${here}: only ${listed} gives it, and not every way goes through there.`,
        hint: `default(${name}, …) says what holds then, and so does a condition such as ${name} is defined.`,
      }
    },
    step(id, found) {
      const draft = steps.find((one) => one.step.id === id)
      // A step that does not exist, or cannot be seen from here, is told of where names are checked.
      if (!whole || !draft || !isSeenFrom(slot.step, draft)) return null
      const path = id.includes('-') ? `steps['${id}'].output` : `steps.${id}.output`
      if (found === undefined)
        return {
          code: 'variable.unknown',
          message: `There is no ${path} yet when ${here}: no way from ${id} leads here.`,
        }
      return {
        code: 'variable.maybe_missing',
        message: `${path} may be missing when ${here}: ${id} may have been skipped or passed by, or have failed.`,
        hint: `default(${path}…, …) says what holds then.`,
      }
    },
  }
}
