import { declaredNames } from '../schema/declared-names.ts'
import type { Given } from './catalog.ts'
import { type Reference, references } from './expressions/references.ts'
import type { Reporter } from './normalise-report.ts'
import type { StepDraft } from './normalise-step.ts'
import { circlesOf, type Graph } from './reach.ts'
import type { Provided } from './validate-provided.ts'

/**
 * A loop that is left only on conditions of which it changes nothing is gone round for good once it is gone round at all:
 * until the limit on visits fails the run.
 */
export function checkLoops(steps: readonly StepDraft[], provided: Provided, graph: Graph, reporter: Reporter): void {
  for (const inside of circlesOf(graph)) {
    const loop = steps.filter(({ step }) => inside.has(step.id))
    const leaving = loop.filter(({ step }) =>
      [...(graph.get(step.id) ?? [])].some((to) => to === null || !inside.has(to)),
    )
    const changed = changedIn(loop, provided)
    if (leaving.length === 0 || changed === null) continue
    if (!leaving.every((one) => isFixed(one, inside, changed))) continue
    const [exit] = leaving
    const slot = exit?.type?.slots(exit.step.config)[0]
    if (!exit || !slot) continue
    const message = `Nothing in this loop changes what ${exit.step.id} asks, so a run that goes round once goes round until it fails. Let a step between give a value that is asked for here.`
    reporter.error('flow.endless_loop', message, exit.at(slot.path))
  }
}

/** The names that a loop gives; null: anything may come of it. */
function changedIn(loop: readonly StepDraft[], { given }: Provided): ReadonlySet<string> | null {
  const open = loop.some(({ step, type, sound }) => {
    if (!type || !sound) return true
    const schema = type.output(step.config)
    const closed = schema?.additionalProperties === false
    return step.output_key === null && !type.merge && !closed && (schema === null || declaredNames(schema) === null)
  })
  return open ? null : new Set(loop.flatMap((draft) => given.get(draft) ?? []))
}

/** Whether a step decides by what it is told alone, and is told the same each time. */
function isFixed({ step, type }: StepDraft, inside: ReadonlySet<string>, changed: ReadonlySet<string>): boolean {
  if (type?.behavior !== 'pure' || step.on_error !== null) return false
  const asked = [...type.jumps(step.config).map(({ given }) => given), type.nextGiven?.(step.config)]
  const conditions = asked.flatMap((given): readonly Given[] => given ?? [])
  if (conditions.length === 0) return false
  return conditions.every(
    ({ source }) => !/\bnow\s*\(/.test(source) && !references(source).some((read) => changes(read, inside, changed)),
  )
}

function changes(
  { root, path: [name] }: Reference,
  inside: ReadonlySet<string>,
  changed: ReadonlySet<string>,
): boolean {
  if (root !== 'runtime' && root !== 'steps') return false
  if (typeof name !== 'string') return true
  return root === 'steps' ? inside.has(name) : changed.has(name)
}
