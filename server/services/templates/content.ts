import { ScaffError } from '#lib/errors.ts'
import { checkStored } from '#lib/steps/ai-generate/stored-template.ts'

/** Refuses a prompt that could not be filled in later, with the place. */
export function checkContent(content: string): void {
  const problems = checkStored(content)
  if (problems.length === 0) return
  const errors = problems.map(({ code, message, offset }) => ({
    path: 'content',
    code,
    message,
    ...place(content, offset),
  }))
  const first = errors[0]
  throw new ScaffError('request.invalid', `The prompt has an error in line ${first?.line}: ${first?.message}`, {
    errors,
  })
}

function place(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split('\n')
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}
