import type { Layers } from './layers.ts'
import { ABSENT, join, maybe, NOTHING, same, type Type, UNKNOWN } from './type.ts'

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

/** What is known where two ways meet. Answers `a` itself where the second brings nothing new. */
export function joinStates(a: State, b: State, widen: boolean): State {
  if (a === b) return a
  const names = joinLayers(a.names, b.names, widen)
  const steps = joinLayers(a.steps, b.steps, widen)
  const shown = joinShown(a.shown, b.shown)
  const open = a.open || b.open
  const alike = names === a.names && steps === a.steps && shown === a.shown && open === a.open
  return alike ? a : { names, steps, shown, open }
}

/** `widen`: it was joined so often that it would not come to rest by itself. */
function joinLayers(a: Layers<Type>, b: Layers<Type>, widen: boolean): Layers<Type> {
  if (a === b) return a
  const [ours, theirs] = [a.all(), b.all()]
  const changed = new Map<string, Type>()
  const put = (name: string, before: Type, after: Type) => {
    if (!same(before, after)) changed.set(name, widen ? { ...UNKNOWN, absent: after.absent } : after)
  }
  for (const [name, type] of ours) put(name, type, join(type, theirs.get(name) ?? ABSENT))
  for (const [name, type] of theirs) if (!ours.has(name)) changed.set(name, maybe(type))
  return a.with(changed)
}

function joinShown(a: ReadonlyMap<string, Type>, b: ReadonlyMap<string, Type>): ReadonlyMap<string, Type> {
  if (a === b || a.size === 0) return a
  const both = [...a].flatMap(([key, type]): [string, Type][] => {
    const other = b.get(key)
    return other === undefined ? [] : [[key, join(type, other)]]
  })
  const alike = both.length === a.size && both.every(([key, type]) => same(type, a.get(key) ?? NOTHING))
  return alike ? a : new Map(both)
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
    const [of, name = ''] = key.split(' ', 2)
    return of !== root || !names.has(JSON.parse(name) as string)
  })
  return left.length === shown.size ? shown : new Map(left)
}
