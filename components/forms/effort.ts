import type { Field } from '#lib/workflow/definition.ts'

/** Seconds that an answer takes, roughly. */
const SHORT = 10
const LONG = 45

/** "12 questions, 4 of them optional. About 3 minutes, no account needed."; who has an account is not told so. */
export function effortWords(fields: readonly Field[], signedIn = false): string {
  const asked = fields.filter(({ type }) => type !== 'hidden')
  const optional = asked.filter(({ required, type }) => !required && type !== 'boolean').length
  const seconds = asked.reduce((sum, { multiline, type }) => sum + (multiline || type === 'array' ? LONG : SHORT), 0)
  const minutes = Math.max(1, Math.round(seconds / 60))
  const questions = asked.length === 1 ? 'One question' : `${asked.length} questions`
  const some = optional === 0 ? '' : optional === asked.length ? ', all optional' : `, ${optional} of them optional`
  return `${questions}${some}. About ${minutes === 1 ? 'a minute' : `${minutes} minutes`}${signedIn ? '' : ', no account needed'}.`
}
