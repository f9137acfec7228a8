import type { Instant } from '../../time.ts'
import type { NodeOf } from './ast.ts'
import type { Environment } from './environment.ts'
import { exact } from './exact.ts'
import { fail } from './fail.ts'
import type { Fuel } from './fuel.ts'
import { Absent, type HelperCall } from './helper.ts'

/** A call in a tree, as its helper sees it. A class, because one is made for each call of each evaluation. */
export class NodeCall implements HelperCall {
  readonly at: NodeOf<'call'>
  readonly now: Instant
  readonly fuel: Fuel

  constructor(node: NodeOf<'call'>, { scope, fuel }: Environment) {
    this.at = node
    this.now = scope.now
    this.fuel = fuel
  }

  refuse(message: string, hint: string): never {
    return fail('expression.type', `${this.at.helper}(): ${message}`, this.at, hint)
  }

  absent(message: string): Absent {
    const hint = () => `default(${this.at.helper}(x), …) helps where it is empty.`
    return new Absent('expression.index_range', message, this.at, hint)
  }

  exact(value: number): number {
    return exact(value, this.at)
  }
}
