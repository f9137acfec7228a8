import type { Given } from '../catalog.ts'
import type { WorkflowDefinition } from '../definition.ts'
import type { Sequence, StepDraft } from '../normalise-step.ts'
import { followsNext } from '../validate-graph.ts'
import { type Explain, scopeOf } from './context.ts'
import { typeOfDynamic } from './dynamic.ts'
import type { Absence, Tell } from './findings.ts'
import { typeOfSchema } from './from-schema.ts'
import { type Inference, shownBy } from './infer.ts'
import { Layers } from './layers.ts'
import { elementOf } from './loops.ts'
import { provide } from './provide.ts'
import type { Reopenings } from './reopens.ts'
import type { Circumstances, Found } from './scope.ts'
import { joinStates, opened, type State, withNames } from './state.ts'
import type { Trees } from './trees.ts'
import { join, listOf, maybe, NOTHING, objectOf, openObject, present, same, type Type, UNKNOWN } from './type.ts'

/** After so many new things that a step learned of what may come to it, what still changes counts as not known. */
const MOST_JOINS = 40

/** What is known wherever a run may be. */
export interface Flow {
  /** Before the first step. */
  readonly start: State
  /** When a run comes to a step; undefined: none does. */
  entry(draft: StepDraft): State | undefined
  /** When a run, or what is inside a step, ends well; undefined: no way leads there. */
  end(sequence: Sequence): State | undefined
  /** What expressions of a step see in such a state. */
  circumstances(draft: StepDraft | null, state: State): Circumstances
  inference(state: State, tell: Tell, explain: Explain): Inference
  /** The state after these conditions turned out so. */
  given(draft: StepDraft, state: State, given: readonly Given[]): State
}

export interface FlowInput {
  readonly definition: WorkflowDefinition
  readonly steps: readonly StepDraft[]
  readonly trees: Trees
  readonly reopens: Reopenings
}

/** Goes all ways through a workflow until nothing new is learned. */
export function flowOf(input: FlowInput): Flow {
  const walk = new Walk(input)
  const root = input.steps.find(({ sequence }) => sequence.inside === null)?.sequence
  if (root) walk.sequence(root, input.definition.start, walk.start)
  return walk
}

/** On the way nothing is told, so that it is missing is all there is to say. */
const MISSING: Absence = { code: 'variable.maybe_missing', message: '' }
const SILENT: Explain = { name: () => MISSING, step: () => MISSING }

function beginning({ inputs }: WorkflowDefinition): State {
  const empty: State = { names: new Layers(), steps: new Layers(), shown: new Map(), open: inputs === null }
  if (inputs === null) return empty
  const type = typeOfSchema(inputs.schema)
  if (type.object === null) return opened(empty)
  // Defaults were put in before they were checked: each is there, and null where its schema lets it be.
  const names = new Map([...type.object.properties].map(([name, one]) => [name, present(one)]))
  return names.size === 0 && type.object.open ? opened(empty) : withNames(empty, names)
}

class Walk implements Flow {
  readonly start: State
  readonly #input: FlowInput
  readonly #members = new Map<Sequence, readonly StepDraft[]>()
  readonly #entries = new Map<StepDraft, State>()
  readonly #ends = new Map<Sequence, State>()
  readonly #items = new Map<Sequence, Type>()
  readonly #joins = new Map<StepDraft | Sequence, number>()

  constructor(input: FlowInput) {
    this.#input = input
    this.start = beginning(input.definition)
    for (const [sequence, drafts] of Map.groupBy(input.steps, (draft) => draft.sequence))
      this.#members.set(sequence, drafts)
  }

  entry(draft: StepDraft): State | undefined {
    return this.#entries.get(draft)
  }

  end(sequence: Sequence): State | undefined {
    return this.#ends.get(sequence)
  }

  circumstances(draft: StepDraft | null, state: State): Circumstances {
    return { locals: draft === null ? new Map() : this.#locals(draft.sequence), shown: state.shown }
  }

  inference(state: State, tell: Tell, explain: Explain): Inference {
    return { scope: scopeOf(state, this.#input.definition, explain), tell }
  }

  given(draft: StepDraft, state: State, given: readonly Given[]): State {
    if (given.length === 0) return state
    const by = this.#silent(state)
    const at = given.reduce(
      (known, { source, holds }) => {
        const tree = this.#input.trees.expression(source)
        return tree === null ? known : shownBy(tree, holds, known, by)
      },
      this.circumstances(draft, state),
    )
    return { ...state, shown: at.shown }
  }

  /** Goes through steps that follow one another, from `start` on, once more with what came to it. */
  sequence(sequence: Sequence, start: string, state: State): void {
    const members = this.#members.get(sequence) ?? []
    const byId = new Map(members.map((draft) => [draft.step.id, draft]))
    const first = byId.get(start)
    const open = new Set<StepDraft>()
    const come = (to: string | null, known: State) => {
      if (to === null) this.#end(sequence, known)
      else {
        const target = byId.get(to)
        if (target && this.#enter(target, known)) open.add(target)
      }
    }
    if (first === undefined) return
    come(start, state)
    // All are looked at again even when nothing new came: what is known of the items around them may have changed.
    for (const draft of members) if (this.#entries.has(draft)) open.add(draft)
    while (open.size > 0) {
      for (const draft of members) {
        if (!open.delete(draft)) continue
        const entry = this.#entries.get(draft)
        if (entry) this.#leave(draft, entry, come)
      }
    }
  }

  #enter(draft: StepDraft, state: State): boolean {
    const before = this.#entries.get(draft)
    const after = before === undefined ? state : joinStates(before, state, this.#often(draft))
    if (after === before) return false
    this.#entries.set(draft, after)
    return true
  }

  #end(sequence: Sequence, state: State): void {
    const before = this.#ends.get(sequence)
    this.#ends.set(sequence, before === undefined ? state : joinStates(before, state, this.#often(sequence)))
  }

  #often(place: StepDraft | Sequence): boolean {
    const count = (this.#joins.get(place) ?? 0) + 1
    this.#joins.set(place, count)
    // Where many ways end together each is joined once; only what comes again and again does not come to rest.
    return count > MOST_JOINS + this.#input.steps.length
  }

  /** Every way out of a step, with what is known on it. */
  #leave(draft: StepDraft, entry: State, come: (to: string | null, state: State) => void): void {
    const { step, type, sound } = draft
    const when = step.when === null ? null : { source: step.when, holds: true }
    if (when) come(step.next, this.given(draft, entry, [{ ...when, holds: false }]))
    if (step.on_error !== null) come(step.on_error, entry)
    const begun = when ? this.given(draft, entry, [when]) : entry
    const output = this.#output(draft, begun)
    // Nothing ends well inside it, so nothing goes on behind it.
    if (output === null) return
    const done = (state: State) => provide(state, draft, output)
    this.#reopen(draft, done(begun), come)
    if (followsNext(draft) && !(type && sound && type.decidesNext?.(step.config))) {
      const known = type && sound ? (type.nextGiven?.(step.config) ?? []) : []
      come(step.next, done(this.given(draft, begun, known)))
    }
    for (const { to, given } of type && sound ? type.jumps(step.config) : []) {
      come(to, done(this.given(draft, begun, given ?? [])))
    }
  }

  /** An approval that is put anew finds what was written since. */
  #reopen(writer: StepDraft, after: State, come: (to: string | null, state: State) => void): void {
    for (const [approval, names] of this.#input.reopens.get(writer) ?? []) {
      const known = this.#entries.get(approval)
      const changed = new Map<string, Type>()
      for (const name of names) {
        const [before, written] = [known?.names.get(name), after.names.get(name)]
        if (!before || !written) continue
        const either = { ...join(before, written), absent: before.absent }
        if (!same(before, either)) changed.set(name, either)
      }
      if (known && changed.size > 0) come(approval.step.id, withNames(known, changed))
    }
  }

  #output(draft: StepDraft, state: State): Type | null {
    const { step, type, sound } = draft
    if (!type || !sound) return UNKNOWN
    if (type.behavior === 'fork') return this.#inside(draft, type.holds, state)
    const values = type.computes?.(step.config)
    if (values) {
      const [at, by] = [this.circumstances(draft, state), this.#silent(state)]
      return objectOf(
        Object.entries(values).map(([name, value]) => [name, typeOfDynamic(value, this.#input.trees, at, by)]),
      )
    }
    const schema = type.output(step.config)
    return schema === null ? UNKNOWN : typeOfSchema(schema)
  }

  /** What stands inside begins with what is known around it, and leaves its outputs by branch, or in a list. */
  #inside(draft: StepDraft, holds: 'branches' | 'steps', state: State): Type | null {
    const { step } = draft
    const blocks = [...this.#members].filter(([{ inside }]) => inside?.step === step.id)
    if (holds === 'steps') this.#setItems(draft, blocks, state)
    const left = blocks.map(([sequence, members]): readonly [string, Type | null] => {
      const { inside, ids } = sequence
      this.sequence(sequence, ids[0] ?? '', state)
      const end = this.#ends.get(sequence)
      const outputs = members.map(
        (member) => [member.step.id, end?.steps.get(member.step.id) ?? maybe(NOTHING)] as const,
      )
      return [inside?.block ?? '', end ? openObject(outputs) : null]
    })
    if (holds === 'steps') return listOf(left[0]?.[1] ?? NOTHING)
    if (left.length === 0) return UNKNOWN
    const all = this.#joinsAll(draft)
    if (all ? left.some(([, type]) => type === null) : left.every(([, type]) => type === null)) return null
    return openObject(left.map(([name, type]) => [name, all ? (type ?? NOTHING) : maybe(type ?? NOTHING)]))
  }

  #joinsAll({ step }: StepDraft): boolean {
    return step.config.join === undefined || step.config.join === 'all'
  }

  /** `items` is the expression by which every type that holds one list of steps says what it goes through. */
  #setItems(draft: StepDraft, blocks: readonly (readonly [Sequence, unknown])[], state: State): void {
    const { items } = draft.step.config
    const type =
      typeof items === 'string'
        ? typeOfDynamic(items, this.#input.trees, this.circumstances(draft, state), this.#silent(state))
        : UNKNOWN
    const element = elementOf({ ...type, object: null }, LITERAL, { tell: () => {} })
    for (const [sequence] of blocks) this.#items.set(sequence, type.list === null && !type.unknown ? UNKNOWN : element)
  }

  /** The variables of the loops around a sequence, those of inner ones over those of outer ones. */
  #locals(sequence: Sequence): ReadonlyMap<string, Found> {
    const { inside } = sequence
    if (inside === null) return new Map()
    const outer = this.#locals(inside.outer)
    if (inside.as === undefined) return outer
    const item: Found = { type: this.#items.get(sequence) ?? UNKNOWN, absence: null }
    return new Map([...outer, ['item', item], ...(inside.as === null ? [] : [[inside.as, item] as const])])
  }

  #silent(state: State): Inference {
    return this.inference(state, () => {}, SILENT)
  }
}

const LITERAL = { type: 'literal', value: null, offset: 0, length: 1 } as const
