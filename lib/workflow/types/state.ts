import type { Layers } from './layers.ts'
import { pathOf } from './scope.ts'
import { ABSENT, join, kindsOf, openObject, present, same, type Type, UNKNOWN } from './type.ts'

/** What is known of the data of a run when it comes to a step, whichever way it came. */
export interface State {
  /** What stands in `runtime`; a name that no way here has given is not among them. */
  readonly names: Layers<Type>
  /** What the steps have left, by their ids. */
  readonly steps: Layers<Type>
  /** What conditions on the way here have shown of paths (`pathKey`). */
  readonly shown: ReadonlyMap<string, Type>
  /** Names may have come that nobody declared, and written over those that are known. */
  readonly open: boolean
}

const NOTHING_SHOWN: ReadonlyMap<string, Type> = new Map()

/** What is known where two ways meet. Answers `a` itself where the second brings nothing new. */
export function joinStates(a: State, b: State, widen: boolean): State {
  if (a === b) return a
  const names = joinLayers(a.names, b.names, widen)
  const steps = joinLayers(a.steps, b.steps, widen)
  const shown = widen ? NOTHING_SHOWN : joinShown(a, b)
  const open = a.open || b.open
  const alike = names === a.names && steps === a.steps && shown === a.shown && open === a.open
  return alike ? a : { names, steps, shown, open }
}

/** `widen`: it was joined so often that it would not come to rest by itself. */
function joinLayers(a: Layers<Type>, b: Layers<Type>, widen: boolean): Layers<Type> {
  if (a === b) return a
  const changed = new Map<string, Type>()
  for (const name of a.differing(b)) {
    const [ours, theirs] = [a.get(name), b.get(name)]
    if (ours === theirs) continue
    const either = join(ours ?? ABSENT, theirs ?? ABSENT)
    if (ours !== undefined && same(ours, either)) continue
    changed.set(name, widen ? { ...UNKNOWN, absent: either.absent } : either)
  }
  return a.with(changed)
}

/** What a condition showed on one way may be known by itself on the other. */
function joinShown(a: State, b: State): ReadonlyMap<string, Type> {
  if (a.shown === b.shown) return a.shown
  const keys = new Set([...a.shown.keys(), ...b.shown.keys()])
  const both = [...keys].flatMap((key): [string, Type][] => {
    const [one, other] = [a.shown.get(key) ?? declaredAt(a, key), b.shown.get(key) ?? declaredAt(b, key)]
    return one === null || other === null ? [] : [[key, join(one, other)]]
  })
  const alike = both.length === a.shown.size && both.every(([key, type]) => same(type, a.shown.get(key) ?? ABSENT))
  return alike ? a.shown : new Map(both)
}

/** The type at a path as it was declared; null where there may be nothing, or nothing is known. */
function declaredAt({ names, steps }: State, key: string): Type | null {
  const [root = '', first, ...rest] = pathOf(key)
  const base =
    root === 'runtime' ? names.get(String(first)) : root === 'steps' ? stepAt(steps, String(first)) : undefined
  let type = base ?? null
  for (const part of rest) {
    if (type === null || type.absent || type.unknown || type.null || type.object === null || typeof part !== 'string')
      return null
    type = kindsOf(type).length === 1 ? (type.object.properties.get(part) ?? null) : null
  }
  return type === null || type.absent ? null : type
}

function stepAt(steps: Layers<Type>, id: string): Type | undefined {
  const output = steps.get(id)
  return output && { ...openObject([['output', present(output)]]), absent: output.absent }
}

/** The state after names were given; what was shown of what stood there before holds no longer. */
export function withNames(state: State, names: ReadonlyMap<string, Type>): State {
  return { ...state, names: state.names.with(names), shown: without(state.shown, 'runtime', names) }
}

export function withStep(state: State, id: string, output: Type): State {
  const steps = new Map([[id, output]])
  return { ...state, steps: state.steps.with(steps), shown: without(state.shown, 'steps', steps) }
}

/** After an output of which nothing is known: any name may stand there now, and anything under those that did. */
export function opened(state: State): State {
  const names = new Map(
    [...state.names.all()].map(([name, type]) => [name, { ...UNKNOWN, absent: type.absent }] as const),
  )
  const shown = new Map([...state.shown].filter(([key]) => !key.startsWith('runtime ')))
  return { ...state, names: state.names.with(names), shown, open: true }
}

function without(
  shown: ReadonlyMap<string, Type>,
  root: string,
  names: ReadonlyMap<string, Type>,
): ReadonlyMap<string, Type> {
  if (shown.size === 0) return shown
  const left = [...shown].filter(([key]) => {
    const [of, name] = pathOf(key)
    return of !== root || !names.has(String(name))
  })
  return left.length === shown.size ? shown : new Map(left)
}
