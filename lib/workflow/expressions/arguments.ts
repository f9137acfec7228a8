import { isJsonObject, type Json, type JsonObject } from '../../json.ts'
import type { HelperCall } from './helper.ts'
import { isList, typeName } from './values.ts'

const NULL_HINT = 'An answer that was not given is null. default(x, y) puts y in its place.'

function wanted(what: string, value: Json | undefined, call: HelperCall): never {
  return call.refuse(
    `It takes ${what}, not ${typeName(value ?? null)}.`,
    value === null || value === undefined ? NULL_HINT : undefined,
  )
}

/** Reads an argument as text or ends the evaluation. The other functions here do the same for their types. */
export function text(value: Json | undefined, call: HelperCall): string {
  if (typeof value !== 'string') return wanted('text', value, call)
  call.fuel.read(value.length, call.offset)
  return value
}

export function number(value: Json | undefined, call: HelperCall): number {
  return typeof value === 'number' ? value : wanted('a number', value, call)
}

/** A whole number between two bounds. */
export function whole(value: Json | undefined, low: number, high: number, call: HelperCall): number {
  const found = number(value, call)
  if (!Number.isInteger(found) || found < low || found > high) {
    return call.refuse(`It takes a whole number from ${low} to ${high}.`)
  }
  return found
}

export function list(value: Json | undefined, call: HelperCall): readonly Json[] {
  if (value === undefined || !isList(value)) return wanted('a list', value, call)
  call.fuel.spend(value.length, call.offset)
  return value
}

export function object(value: Json | undefined, call: HelperCall): JsonObject {
  if (!isJsonObject(value)) return wanted('an object', value, call)
  call.fuel.spend(Object.keys(value).length, call.offset)
  return value
}

/** A list of numbers only or of texts only. */
export function comparable(value: readonly Json[], call: HelperCall): readonly number[] | readonly string[] {
  if (value.every((item): item is number => typeof item === 'number')) return value
  if (value.every((item): item is string => typeof item === 'string')) {
    for (const item of value) call.fuel.read(item.length, call.offset)
    return value
  }
  return call.refuse('It takes a list of numbers or a list of texts.')
}
