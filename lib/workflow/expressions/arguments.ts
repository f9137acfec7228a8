import { isJsonObject, type Json, type JsonObject } from '../../json.ts'
import type { HelperCall } from './helper.ts'
import { isList, typeName } from './values.ts'

const NULL_HINT = 'An answer that was not given is null. default(x, y) puts y in its place.'

/** Ends the evaluation: the argument is not what is wanted. `cure` makes it that. */
export function wanted(what: string, value: Json | undefined, call: HelperCall, cure: string): never {
  const nothing = value === null || value === undefined
  return call.refuse(`It takes ${what}, not ${typeName(value ?? null)}.`, nothing ? NULL_HINT : cure)
}

/** Reads an argument as text or ends the evaluation. The other functions here do the same for their types. */
export function text(value: Json | undefined, call: HelperCall): string {
  if (typeof value !== 'string') return wanted('text', value, call, 'string(x) makes text of it.')
  call.fuel.read(value.length, call.at)
  return value
}

export function number(value: Json | undefined, call: HelperCall): number {
  if (typeof value !== 'number') return wanted('a number', value, call, 'int(x) and float(x) read a number from text.')
  return value
}

/** A whole number between two bounds. */
export function whole(value: Json | undefined, low: number, high: number, call: HelperCall): number {
  const found = number(value, call)
  if (!Number.isInteger(found) || found < low || found > high) {
    return call.refuse(`It takes a whole number from ${low} to ${high}.`, 'round(x) and floor(x) make a whole number.')
  }
  return found
}

/** What can be gone through, as a list: as in Python also the characters of a text and the keys of an object. */
export function list(value: Json | undefined, call: HelperCall): readonly Json[] {
  if (typeof value === 'string') {
    call.fuel.spend(value.length, call.at)
    return [...value]
  }
  if (isJsonObject(value)) return Object.keys(object(value, call))
  if (value === undefined || !isList(value)) return wanted('a list', value, call, 'Write [x] for a list of one.')
  call.fuel.spend(value.length, call.at)
  return value
}

export function object(value: Json | undefined, call: HelperCall): JsonObject {
  if (!isJsonObject(value))
    return wanted('an object', value, call, 'An object has keys, such as {"name": "Ana"} in the data.')
  call.fuel.spend(Object.keys(value).length, call.at)
  return value
}

/** A list of numbers only or of texts only. */
export function comparable(value: readonly Json[], call: HelperCall): readonly number[] | readonly string[] {
  if (value.every((item): item is number => typeof item === 'number')) return value
  if (value.every((item): item is string => typeof item === 'string')) {
    for (const item of value) call.fuel.read(item.length, call.at)
    return value
  }
  return call.refuse(
    'It takes a list of numbers or a list of texts.',
    'Leave out what is neither, or give one field of each: max(x.price for x in orders).',
  )
}
