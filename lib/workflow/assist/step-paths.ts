import type { SourcePath } from '../diagnostics.ts'

/** Whether a path of the author's document leads to a step: into `steps`, or into one of the `branches` of another. */
export function isStep(path: SourcePath): boolean {
  if (typeof path.at(-1) !== 'number') return false
  const list = path.slice(0, -1)
  if (list.length === 1) return list[0] === 'steps'
  const held = list.at(-1) === 'steps' ? 1 : list.at(-2) === 'branches' ? 2 : 0
  if (held === 0) return false
  const holder = list.slice(0, -held)
  return isStep(holder.at(-1) === 'config' ? holder.slice(0, -1) : holder)
}

/** The list of steps around a place: the innermost one, or that of the workflow. */
export function listAround(path: SourcePath): SourcePath {
  for (let end = path.length; end > 0; end -= 1) {
    const whole = path.slice(0, end)
    if (isStep(whole)) return whole.slice(0, -1)
  }
  return ['steps']
}
