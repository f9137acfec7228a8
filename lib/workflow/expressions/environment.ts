import type { Json } from '../../json.ts'
import type { Scope } from '../scope.ts'
import type { Fuel } from './fuel.ts'
import { ownValue } from './values.ts'

/** What an expression is evaluated with. */
export interface Environment {
  readonly scope: Scope
  readonly fuel: Fuel
  readonly locals: Locals | null
}

/** Loop variables and what `set` made, innermost first. */
export interface Locals {
  readonly names: ReadonlyMap<string, Json>
  readonly outer: Locals | null
}

export function localValue(name: string, env: Environment): Json | undefined {
  for (let frame = env.locals; frame !== null; frame = frame.outer) {
    const value = frame.names.get(name)
    if (value !== undefined) return value
  }
  return env.scope.locals === undefined ? undefined : ownValue(env.scope.locals, name)
}
