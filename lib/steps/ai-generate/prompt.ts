import type { Json, JsonSchema } from '#lib/json.ts'
import type { AiRequest } from '../kit.ts'

export type Messages = AiRequest['messages']
export interface Violation {
  readonly path: string
  readonly message: string
}

/** What a model is asked first. The schema stands apart from the author's words, so that these stay to the letter. */
export function firstMessages(
  prompt: string,
  schema: JsonSchema | null,
  revision: { readonly feedback: string; readonly earlier: Json | undefined } | null,
): Messages {
  const user = { role: 'user' as const, content: [prompt, ...(revision === null ? [] : revise(revision))].join('\n\n') }
  if (schema === null) return [user]
  const content = [
    'Answer with JSON alone: one value that fits the JSON Schema below. No explanation before or after it, no code fence.',
    JSON.stringify(schema, null, 2),
  ].join('\n\n')
  return [{ role: 'system', content }, user]
}

function revise({ feedback, earlier }: { readonly feedback: string; readonly earlier: Json | undefined }): string[] {
  const text = typeof earlier === 'string' ? earlier : JSON.stringify(earlier, null, 2)
  return [
    ...(earlier === undefined ? [] : ['Your earlier answer was:', text]),
    'A reviewer read it and asks for this change:',
    feedback,
    'Answer anew, with this change made.',
  ]
}

/** A re-ask carries the answer and exactly what is wrong with it; earlier re-asks are left out, because each answer is whole. */
export function reaskMessages(first: Messages, answer: string, violations: readonly Violation[]): Messages {
  return [...first, { role: 'assistant', content: answer }, { role: 'user', content: reask(violations) }]
}

export function reask(violations: readonly Violation[]): string {
  return [
    'Your answer does not fit. This is wrong with it:',
    violations.map((violation) => `- ${sentence(violation)}`).join('\n'),
    'Correct exactly this and answer with the whole JSON again, without any other text.',
  ].join('\n\n')
}

/** "title: must be at least 10 characters; it has 5", for models and people alike. */
export function sentence({ path, message }: Violation): string {
  return path === '' ? `The answer ${message}` : `${path}: ${message}`
}

/** A conversation as one text, for the history. */
export function transcript(messages: Messages): string {
  return messages.map(({ role, content }) => (messages.length === 1 ? content : `[${role}]\n${content}`)).join('\n\n')
}
