import { stepCatalog } from '#lib/steps/definitions.ts'
import { complete } from '#lib/workflow/assist/complete.ts'
import { hover } from '#lib/workflow/assist/hover.ts'
import { definitionAt, referencesAt } from '#lib/workflow/assist/navigate.ts'
import { readWorkflow } from '#lib/workflow/assist/read-workflow.ts'
import { renamableAt, renameAt } from '#lib/workflow/assist/rename.ts'
import { compareDefinitions } from '#lib/workflow/compare.ts'
import { formatWorkflow } from '#lib/workflow/format.ts'
import { createTokeniser } from '#lib/workflow/parse-again.ts'
import { validateWorkflow } from '#lib/workflow/validate.ts'
import type { KnownSettings } from '#lib/workflow/validate-settings.ts'
import type { LanguageReply, LanguageRequest } from './language.ts'
import { LanguageQueue, type Question } from './language-queue.ts'

/** The language, off the page's own thread: a long text never holds up a key stroke. */
const place = self as unknown as {
  postMessage(reply: LanguageReply): void
  onmessage: ((event: { readonly data: LanguageRequest }) => void) | null
}

let known: KnownSettings = {}
const tokeniser = createTokeniser()
const queue = new LanguageQueue({
  answer: (question) => void reply(question),
  drop: ({ id }) => place.postMessage({ id, answer: null }),
  later: (run) => void setTimeout(run),
})

place.onmessage = ({ data }) => {
  if (data.call === 'known') known = data.known
  else queue.push(data)
}

async function reply(question: Question): Promise<void> {
  const { id } = question
  try {
    place.postMessage({ id, answer: await answer(question) })
  } catch (error) {
    place.postMessage({ id, failed: error instanceof Error ? error.message : String(error) })
  }
}

function answer(question: Question): unknown {
  const language = { catalog: stepCatalog, known, tokeniser }
  switch (question.call) {
    case 'check':
      return readWorkflow(question.text, language)
    case 'complete':
      return complete(question, language)
    case 'hover':
      return hover(question, language)
    case 'define':
      return definitionAt(question, language)
    case 'uses':
      return referencesAt(question, language)
    case 'renamable':
      return renamableAt(question, language)
    case 'rename':
      return renameAt(question, question.to, language)
    case 'compare':
      return compare(question.before, question.after)
    case 'format':
      return formatWorkflow(question.text)
  }
}

function compare(before: string, after: string) {
  const [from, to] = [before, after].map((text) => validateWorkflow(text, stepCatalog, known).definition)
  return from && to ? compareDefinitions(from, to) : null
}

place.postMessage({ ready: true })
