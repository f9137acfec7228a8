import type { Script, Scripts } from '#lib/workflow/cases/case.ts'

export type Drawn<T> =
  | { readonly answer: T; readonly script: Script<T> }
  /** Nothing is written for the step. */
  | { readonly missing: 'all' }
  /** Its list has no more answers. */
  | { readonly missing: 'next'; readonly given: number; readonly script: Script<T> }
  /** Its answers stand in a file that was not handed in. */
  | { readonly missing: 'file'; readonly file: string; readonly script: Script<T> }

/** Hands out what a test answers to a step: its one answer each time, or the next of its list. */
export function createDraw<T>(scripts: Scripts<T>): (step: string) => Drawn<T> {
  const used = new Map<string, number>()
  return (step) => {
    const script = Object.hasOwn(scripts, step) ? scripts[step] : undefined
    if (!script) return { missing: 'all' }
    if (script.recorded !== undefined) return { missing: 'file', file: script.recorded, script }
    const count = used.get(step) ?? 0
    used.set(step, count + 1)
    const answer = script.answers[script.repeats ? 0 : count]
    return answer === undefined ? { missing: 'next', given: script.answers.length, script } : { answer, script }
  }
}
