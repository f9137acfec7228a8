import type { JsonObject } from '#lib/json.ts'
import type { Step } from '#lib/workflow/definition.ts'
import type { Scope } from '#lib/workflow/scope.ts'
import { canonical, flow } from '#lib/workflow/validate-testkit.ts'

/** For tests of rooms: a canonical step from what an author writes, and a scope to read it in. */
export function stepOf(yaml: string, others: readonly string[] = []): Step {
  const [first] = canonical(flow(yaml, ...others)).steps
  if (!first) throw new Error('no step')
  return first
}

export function scopeOf(runtime: JsonObject, more: Partial<Scope['roots']> = {}): Scope {
  return {
    roots: { runtime, steps: {}, inputs: {}, static: {}, run: { produced: runtime }, ...more },
    now: '2026-05-31T10:00:00.000Z',
  }
}
