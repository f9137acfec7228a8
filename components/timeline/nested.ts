import type { StepSummary } from '#lib/contracts/run-steps.ts'
import { forkPath, nameInFork, ROOT, scopeChain } from '#lib/workflow/paths.ts'

/**
 * Attempts as they are read: in the order in which they began, and below a step what happened inside it, one branch or item
 * after the other. `steps` are in the order in which they began.
 */
export function nested(steps: readonly StepSummary[]): readonly StepSummary[] {
  if (steps.every(({ path }) => path === ROOT)) return steps
  const byScope = Map.groupBy(steps, ({ path }) => path)
  const scopes = Map.groupBy(byScope.keys(), (path) => path.slice(0, path.lastIndexOf('/')))
  const placed: StepSummary[] = []
  const place = (path: string) => {
    const own = byScope.get(path) ?? []
    byScope.delete(path)
    for (const step of own) {
      placed.push(step)
      for (const inner of (scopes.get(forkOfVisit(step)) ?? []).toSorted(byNumber)) place(inner)
    }
  }
  place(ROOT)
  // A long run comes in parts: what is around these may not be there yet.
  for (const path of [...byScope.keys()]) place(path)
  return placed
}

/** How many steps an attempt stands inside. */
export function depthOf({ path }: Pick<StepSummary, 'path'>): number {
  return scopeChain(path).length - 1
}

/** "legal", "item 2 › price": the branch or item that an attempt belongs to; null outside of any. */
export function placeWords(path: string): string | null {
  const names = scopeChain(path).flatMap((scope) => nameInFork(scope) ?? [])
  return names.length === 0 ? null : names.map(placeName).join(' › ')
}

/** Items are counted from 1, as people do. */
function placeName(name: string): string {
  return /^\d+$/.test(name) ? `item ${Number(name) + 1}` : name
}

function forkOfVisit({ path, step_id, visit, epoch }: StepSummary): string {
  return forkPath({ path, step: step_id, visit, epoch })
}

/** Items in their order; branches as they began. */
function byNumber(a: string, b: string): number {
  const [one, other] = [Number(nameInFork(a)), Number(nameInFork(b))]
  return Number.isNaN(one) || Number.isNaN(other) ? 0 : one - other
}
