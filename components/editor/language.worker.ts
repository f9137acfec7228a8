import { stepCatalog } from '#lib/steps/definitions.ts'
import { complete } from '#lib/workflow/assist/complete.ts'
import { hover } from '#lib/workflow/assist/hover.ts'
import { readWorkflow } from '#lib/workflow/assist/read-workflow.ts'
import { compareDefinitions } from '#lib/workflow/compare.ts'
import { formatWorkflow } from '#lib/workflow/format.ts'
import { validateWorkflow } from '#lib/workflow/validate.ts'
import type { KnownSettings } from '#lib/workflow/validate-settings.ts'
import type { LanguageReply, LanguageRequest } from './language.ts'

/** The language, off the page's own thread: a long text never holds up a key stroke. */
const place = self as unknown as {
  postMessage(reply: LanguageReply): void
  onmessage: ((event: { readonly data: LanguageRequest }) => void) | null
}

let known: KnownSettings = {}
/** The text to be checked next; of several that came while another was under way only the newest is. */
let waiting: { readonly id: number; readonly text: string } | null = null

function compare(before: string, after: string) {
  const [from, to] = [before, after].map((text) => validateWorkflow(text, stepCatalog, known).definition)
  return from && to ? compareDefinitions(from, to) : null
}

async function reply(id: number, answer: () => unknown): Promise<void> {
  try {
    place.postMessage({ id, answer: await answer() })
  } catch (error) {
    place.postMessage({ id, failed: error instanceof Error ? error.message : String(error) })
  }
}

place.onmessage = ({ data }) => {
  switch (data.call) {
    case 'known':
      known = data.known
      break
    case 'check':
      if (waiting === null) setTimeout(checkWaiting)
      else place.postMessage({ id: waiting.id, answer: null })
      waiting = data
      break
    case 'complete':
      void reply(data.id, () => complete(data, { catalog: stepCatalog, known }))
      break
    case 'hover':
      void reply(data.id, () => hover(data, { catalog: stepCatalog, known }))
      break
    case 'compare':
      void reply(data.id, () => compare(data.before, data.after))
      break
    case 'format':
      void reply(data.id, () => formatWorkflow(data.text))
      break
  }
}

function checkWaiting(): void {
  if (waiting === null) return
  const { id, text } = waiting
  waiting = null
  void reply(id, () => readWorkflow(text, stepCatalog, known))
}

place.postMessage({ ready: true })
