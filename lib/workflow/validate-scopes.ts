import type { Sequence, StepDraft } from './normalise-step.ts'

/** Whether a step stands in the workflow itself, and not inside another. */
export function isOutermost({ sequence }: StepDraft): boolean {
  return sequence.inside === null
}

/** The step itself and those around it, from the inside out, each with the sequence it stands in. */
export function outwards({ step, sequence }: StepDraft): readonly (readonly [id: string, sequence: Sequence])[] {
  const found: [string, Sequence][] = [[step.id, sequence]]
  for (let around = sequence.inside; around !== null; around = around.outer.inside) {
    found.push([around.step, around.outer])
  }
  return found
}

/** Whether a step is seen from another: it stands in the same sequence, or in one around it. `null` reads when all is done. */
export function isSeenFrom(reader: StepDraft | null, { sequence }: StepDraft): boolean {
  if (reader === null) return sequence.inside === null
  return outwards(reader).some(([, around]) => around === sequence)
}

/** What the items around a step are called beside `item`; null outside of any. */
export function itemNames(reader: StepDraft | null): readonly string[] | null {
  if (reader === null) return null
  const loops = outwards(reader).flatMap(([, { inside }]) => (inside?.as === undefined ? [] : [inside.as]))
  return loops.length === 0 ? null : loops.flatMap((as) => as ?? [])
}

/** How the output of a step is read; of one inside another, once that is done: `steps.checks.output.legal.review`. */
export function outputPath({ step, sequence }: StepDraft): string {
  const { inside } = sequence
  if (inside === null) return `steps${key(step.id)}.output`
  const place = inside.as === undefined ? key(inside.block) : '[0]'
  return `steps${key(inside.step)}.output${place}${key(step.id)}`
}

function key(name: string): string {
  return name.includes('-') ? `['${name}']` : `.${name}`
}
