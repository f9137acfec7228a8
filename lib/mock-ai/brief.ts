/** What a prompt asks for, as far as it can be told without understanding it. */
export interface Brief {
  /** What to write about; null where the prompt does not say it in so many words. */
  readonly topic: string | null
  /** The message to answer; null where there is none. */
  readonly reply: Message | null
}

/** A message that somebody wrote. */
export interface Message {
  readonly from: string | null
  /** Its first sentence. */
  readonly quote: string | null
}

const ABOUT = /\b(?:about|on the topic of|topic:)\s+["“]?(?!\d)(.+?)["”]?(?:\s+(?:for|aimed at|in a)\s|[.,;:!?\n]|$)/i
const QUOTED = /[“"]([^“”"\n]{2,80})[”"]/
const ASKS_FOR_A_REPLY =
  /^\s*(?:please\s+)?(?:answer|reply|respond|(?:write|draft)\s+(?:an?\s+)?(?:\w+\s+)?(?:answer|reply|response))\b/i
const SENDER = /\b(?:from|by)\s+(.+?)(?:\s+in\s+an?\s|\s+about\s|[.,;:!?\n]|$)/i

/** Reads a prompt. The topic is what follows "about", else what stands in quotation marks. */
export function readBrief(prompt: string): Brief {
  const [first = '', ...others] = prompt.split(/\n\s*\n/).filter((part) => part.trim() !== '')
  if (ASKS_FOR_A_REPLY.test(first) && others.length > 0) {
    return { topic: null, reply: { from: short(SENDER.exec(first)?.[1], 60), quote: firstSentence(others[0] ?? '') } }
  }
  return { topic: short(ABOUT.exec(prompt)?.[1] ?? QUOTED.exec(first)?.[1], 60), reply: null }
}

function firstSentence(text: string): string | null {
  return short(/^\s*(.+?[.!?])(?:\s|$)/.exec(text)?.[1] ?? text.split('\n').find((line) => line.trim() !== ''), 90)
}

/** Cut at a word; null for nothing. */
function short(text: string | undefined, most: number): string | null {
  const whole = text?.trim().replace(/[,;:]+$/, '') ?? ''
  if (whole.length <= most) return whole === '' ? null : whole
  const cut = whole.slice(0, most)
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), most / 2)).trimEnd()}…`
}
