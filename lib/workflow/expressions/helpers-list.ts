import type { Json } from '../../json.ts'
import { comparable, list, number, object, text, whole } from './arguments.ts'
import type { Helper, HelperCall } from './helper.ts'
import { roundHalfEven } from './round.ts'
import { isTrue } from './truth.ts'
import { characterAt, compareText, isEqual, ownValue } from './values.ts'

const any: Helper = {
  signature: 'any(list)',
  summary: 'whether one element is true',
  min: 1,
  max: 1,
  run: ([value], call) => list(value, call).some(isTrue),
}

const all: Helper = {
  signature: 'all(list)',
  summary: 'whether every element is true',
  min: 1,
  max: 1,
  run: ([value], call) => list(value, call).every(isTrue),
}

/** The end of a list or text; of an empty one there is none. */
function end(which: 'first' | 'last'): Helper {
  return {
    signature: `${which}(list)`,
    summary: `its ${which} element or character`,
    min: 1,
    max: 1,
    run([value], call) {
      const position = which === 'first' ? 0 : -1
      const found =
        typeof value === 'string' ? characterAt(text(value, call), position) : list(value, call).at(position)
      if (found !== undefined) return found
      return call.absent(`${typeof value === 'string' ? 'An empty text' : 'An empty list'} has no ${which} element.`)
    },
  }
}

/** Numbers or texts with what they are ordered by: as in Jinja the case of letters does not count. */
function keyed(value: readonly Json[], call: HelperCall): { readonly item: Json; readonly key: string | number }[] {
  return comparable(value, call).map((item) => ({ item, key: typeof item === 'string' ? item.toLowerCase() : item }))
}

function order(a: string | number, b: string | number): number {
  return typeof a === 'number' || typeof b === 'number' ? Number(a) - Number(b) : compareText(a, b)
}

function extreme(which: 'min' | 'max', sign: 1 | -1): Helper {
  const adjective = which === 'min' ? 'least' : 'greatest'
  return {
    signature: `${which}(list) or ${which}(a, b, …)`,
    summary: `the ${adjective} of numbers or of texts`,
    min: 1,
    max: 20,
    run(args, call) {
      const [first, ...others] = keyed(args.length === 1 ? list(args[0], call) : args, call)
      if (first === undefined) return call.absent(`An empty list has no ${adjective} element.`)
      return others.reduce((best, next) => (order(next.key, best.key) * sign < 0 ? next : best), first).item
    },
  }
}

const sum: Helper = {
  signature: 'sum(list)',
  summary: 'the sum of numbers',
  min: 1,
  max: 1,
  run: ([value], call) => list(value, call).reduce((total: number, item) => call.exact(total + number(item, call)), 0),
}

const sort: Helper = {
  signature: 'sort(list, descending?)',
  summary: 'numbers or texts in order, capitals like small letters',
  min: 1,
  max: 2,
  run([value, descending = false], call) {
    const entries = keyed(list(value, call), call)
    // There are more comparisons than elements, and each reads text.
    const rounds = Math.ceil(Math.log2(entries.length + 1))
    const characters = entries.reduce((sum, { key }) => sum + (typeof key === 'string' ? key.length : 0), 0)
    call.fuel.spend(entries.length * rounds, call.at)
    call.fuel.read(characters * rounds, call.at)
    const sign = isTrue(descending) ? -1 : 1
    return entries.sort((a, b) => order(a.key, b.key) * sign).map(({ item }) => item)
  },
}

const unique: Helper = {
  signature: 'unique(list)',
  summary: 'each element once, the first of equals; capitals like small letters',
  min: 1,
  max: 1,
  run([value], call) {
    const seen = new Set<Json>()
    const compound: Json[] = []
    return list(value, call).filter((item) => {
      if (typeof item === 'object' && item !== null) {
        if (compound.some((other) => isEqual(item, other, call.fuel, call.at))) return false
        compound.push(item)
        return true
      }
      const key = typeof item === 'string' ? item.toLowerCase() : item
      if (seen.has(key)) return false
      seen.add(key)
      return true
    })
  },
}

const reverse: Helper = {
  signature: 'reverse(list)',
  summary: 'a list or text backwards',
  min: 1,
  max: 1,
  run([value], call) {
    if (typeof value === 'string') {
      call.fuel.produce(value.length, call.at)
      return [...text(value, call)].reverse().join('')
    }
    return [...list(value, call)].reverse()
  },
}

const keys: Helper = {
  signature: 'keys(object)',
  summary: 'the list of its keys',
  min: 1,
  max: 1,
  run: ([value], call) => Object.keys(object(value, call)),
}

const values: Helper = {
  signature: 'values(object)',
  summary: 'the list of its values',
  min: 1,
  max: 1,
  run([value], call) {
    const source = object(value, call)
    return Object.keys(source).map((key) => ownValue(source, key) ?? null)
  },
}

const items: Helper = {
  signature: 'items(object)',
  summary: 'the list of its pairs `[key, value]`',
  min: 1,
  max: 1,
  run([value], call) {
    const source = object(value, call)
    return Object.keys(source).map((key) => [key, ownValue(source, key) ?? null])
  },
}

const range: Helper = {
  signature: 'range(end) or range(start, end, step?)',
  summary: 'whole numbers from start up to, not including, end',
  min: 1,
  max: 3,
  run(args, call) {
    const bounds = args.map((arg) => whole(arg, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER, call))
    const [start = 0, stop = 0, step = 1] = bounds.length === 1 ? [0, ...bounds] : bounds
    if (step === 0) return call.refuse('The step is 0.', 'Count up with 1 or down with -1.')
    const count = Math.max(0, Math.ceil((stop - start) / step))
    call.fuel.spend(count, call.at)
    return Array.from({ length: count }, (_, i) => start + i * step)
  },
}

const round: Helper = {
  signature: 'round(number, digits?)',
  summary: 'rounded; a half goes to the even neighbour, as in Python',
  min: 1,
  max: 2,
  run: ([value, digits = 0], call) => call.exact(roundHalfEven(number(value, call), whole(digits, 0, 15, call))),
}

/** A function of one number. */
function numeric(name: string, summary: string, compute: (value: number) => number): Helper {
  return {
    signature: `${name}(number)`,
    summary,
    min: 1,
    max: 1,
    run: ([value], call) => call.exact(compute(number(value, call))),
  }
}

const now: Helper = {
  signature: 'now()',
  summary: 'the instant of what is being handled, as ISO 8601 in UTC',
  min: 0,
  max: 0,
  run: (_, { now: instant }) => instant,
}

export const LIST_HELPERS: ReadonlyMap<string, Helper> = new Map([
  ['any', any],
  ['all', all],
  ['first', end('first')],
  ['last', end('last')],
  ['min', extreme('min', 1)],
  ['max', extreme('max', -1)],
  ['sum', sum],
  ['sort', sort],
  ['unique', unique],
  ['reverse', reverse],
  ['keys', keys],
  ['values', values],
  ['items', items],
  ['range', range],
  ['round', round],
  ['abs', numeric('abs', 'without its sign', Math.abs)],
  ['floor', numeric('floor', 'the whole number below', Math.floor)],
  ['ceil', numeric('ceil', 'the whole number above', Math.ceil)],
  ['now', now],
])
