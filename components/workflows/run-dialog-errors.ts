import type { Problem } from '#components/forms/problems.ts'
import { errorSentence, problemOf } from '#components/trpc.tsx'

/** What is wrong with single inputs, to be shown at their fields. */
export function inputProblems(error: unknown): readonly Problem[] {
  const problem = problemOf(error)
  if (problem?.code !== 'inputs.invalid') return []
  return itemsOf(problem).map(({ path, message }) => ({ path: path.replace(/^inputs\./, ''), message }))
}

/** What a start was refused for because it is not configured. */
export function missingNames(error: unknown): readonly string[] {
  const problem = problemOf(error)
  return problem?.code === 'workflow.settings_missing' ? itemsOf(problem).map(({ path }) => path) : []
}

/** The sentence, and each thing that is missing. */
export function startError(error: unknown): string | null {
  const sentence = errorSentence(error)
  const problem = problemOf(error)
  if (sentence === null || problem === null) return sentence
  const items = itemsOf(problem).map((item) => item.message)
  return [sentence, ...items.filter((item) => !sentence.includes(item))].join(' ')
}

function itemsOf(problem: { readonly [member: string]: unknown }): readonly Problem[] {
  if (!Array.isArray(problem.errors)) return []
  return problem.errors.flatMap((item: unknown) =>
    typeof item === 'object' && item !== null && 'path' in item && 'message' in item
      ? [{ path: String(item.path), message: String(item.message) }]
      : [],
  )
}
