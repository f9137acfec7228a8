import { type Brief, readBrief } from './brief.ts'
import type { Random } from './random.ts'
import { replyText, type Texts } from './reply.ts'

/** Readable filler: people look at demos, so a title reads like one and a body has sentences about the topic. */
export interface Prose {
  /** Text for a property of this name, with a length within the bounds, counted in characters. */
  text(name: string, least: number, most: number): string
  /** A plausible number for a property of this name, between the bounds; whole unless the room between them is small. */
  number(name: string, low: number | undefined, high: number | undefined, whole: boolean): number
}

const SENTENCES: Texts = [
  'Most teams meet {topic} long before they have a plan for it.',
  'A good start is one small case whose result everybody can check.',
  'What matters first is a clear question, not a clever tool.',
  'With {topic}, the work moves from doing to deciding what is good enough.',
  'Write down what you expect before you look at the result.',
  'The second attempt is usually better, because the first one showed what was missing.',
  'Nobody needs every detail, but somebody has to own the outcome.',
  'Short feedback loops beat long plans here.',
  'Measure one thing, and keep measuring it after the launch.',
  'The people who use it daily know best what should change next.',
  'There is a cost to waiting, and it is rarely on the invoice.',
  'A draft that is read today helps more than a perfect text next month.',
  'Seen this way, {topic} is less a project than a habit.',
  'Keep a note of what surprised you; it is the best source of ideas.',
  'Every shortcut should come with a date on which it is reviewed.',
]
const TITLES: Texts = [
  '{Topic}: what works in practice',
  'A practical guide to {topic}',
  'Getting started with {topic}',
  'What we learned about {topic}',
  '{Topic} without the hype',
  'Five questions to ask about {topic}',
]
const PLAIN_TITLES: Texts = [
  'What we know so far',
  'A first draft',
  'The short version',
  'Where things stand',
  'What to decide next',
]
const PLAIN_SENTENCES: Texts = plain(SENTENCES)
const HEADINGS: Texts = [
  'Why it matters now',
  'Where to begin',
  'What a first version looks like',
  'Common mistakes and their cures',
  'How to tell that it works',
  'What comes next',
  'Who should be involved',
]
const PHRASES: Texts = [
  'Start small and measure',
  'Agree on one owner',
  'Write expectations down first',
  'Review the result together',
  'Keep the feedback loop short',
  'Plan the second version early',
  'Decide what to leave out',
]
const WORDS: Texts = [
  'practice',
  'planning',
  'teams',
  'quality',
  'growth',
  'tools',
  'learning',
  'research',
  'strategy',
  'design',
  'feedback',
  'delivery',
]
const PEOPLE: Texts = ['Sarah Lind', 'Jonas Weber', 'Amira Haddad', 'Leo Novak', 'Mei Tanaka']

const KINDS: readonly (readonly [RegExp, (prose: Writer) => string])[] = [
  [/(^|_)(id|key|code|sku|slug)$/i, (w) => `${w.word()}-${w.random.int(100, 999)}`],
  [/e_?mail/i, (w) => `${w.word()}@example.com`],
  [/url|link|website|href/i, (w) => `https://example.com/${w.word()}`],
  [/author|person|editor|owner|full_?name|assignee/i, (w) => w.draw(PEOPLE)],
  [/heading|section|chapter/i, (w) => w.draw(HEADINGS)],
  [/title|headline|subject|^name$/i, (w) => w.title()],
  [/tag|keyword|categor|label|topic|lang/i, (w) => w.word()],
  [/summary|description|excerpt|abstract|teaser|meta|comment|reason|note|message/i, (w) => w.sentences(1)],
  [/content|body|draft|text|article|markdown|html|post|story|answer/i, (w) => w.body()],
  [/point|bullet|item|step|idea|task|action|highlight/i, (w) => w.draw(PHRASES)],
]

interface Writer {
  readonly random: Random
  draw(texts: Texts): string
  word(): string
  sentences(count: number): string
  title(): string
  body(): string
}

/** Writes about the topic that the prompt names, answers the message it holds, or keeps to words that fit anything. */
export function createProse(prompt: string, random: Random): Prose {
  const brief = readBrief(prompt)
  const draw = createBag(random)
  const sentences = (count: number) =>
    Array.from({ length: count }, () => fill(draw(brief.topic === null ? PLAIN_SENTENCES : SENTENCES), brief)).join(' ')
  const writer: Writer = {
    random,
    draw,
    sentences,
    word: () => draw(WORDS),
    title() {
      if (brief.reply)
        return brief.reply.quote === null ? 'Your message' : `Re: ${brief.reply.quote.replace(/[.!?]$/, '')}`
      return fill(draw(brief.topic === null ? PLAIN_TITLES : TITLES), brief)
    },
    body: () =>
      brief.reply ? replyText(brief.reply, draw) : Array.from({ length: 3 }, () => sentences(4)).join('\n\n'),
  }
  return {
    text(name, least, most) {
      const write = KINDS.find(([pattern]) => pattern.test(name))?.[1]
      let text = write?.(writer) ?? draw(PHRASES)
      while (text.length < least) text += `${text.length > 400 ? '\n\n' : ' '}${sentences(text.length > 400 ? 4 : 1)}`
      return cut(text, least, most)
    },
    number(name, low, high, whole) {
      const [from, to] = /score|percent|quality|confidence|rating/i.test(name)
        ? [60, 95]
        : /year/i.test(name)
          ? [2020, 2026]
          : /price|amount|total|cost|budget/i.test(name)
            ? [20, 900]
            : [1, 50]
      const least = low ?? Math.min(from, high ?? from)
      const most = high ?? Math.max(to, least)
      if (!whole && most - least < 3) return Number((least + random.next() * (most - least)).toFixed(2))
      return random.int(Math.ceil(least), Math.max(Math.ceil(least), Math.floor(most)))
    },
  }
}

/** Picks so that nothing comes twice before everything has come once. */
function createBag(random: Random): (texts: Texts) => string {
  const left = new Map<Texts, string[]>()
  return (texts) => {
    const bag = left.get(texts)?.length ? (left.get(texts) ?? []) : [...texts]
    const [drawn] = bag.splice(random.int(0, bag.length - 1), 1)
    left.set(texts, bag)
    return drawn ?? texts[0]
  }
}

/** Shortens at a sentence or word where that still leaves enough, else at the character. */
function cut(text: string, least: number, most: number): string {
  const characters = [...text]
  if (characters.length <= most) return text
  const short = characters.slice(0, most).join('')
  for (const border of ['. ', ' ']) {
    const end = short.lastIndexOf(border)
    const kept = end < 0 ? '' : short.slice(0, border === ' ' ? end : end + 1)
    if ([...kept].length >= Math.max(least, most / 2)) return kept
  }
  return short
}

function fill(sentence: string, { topic }: Brief): string {
  return topic === null ? sentence : sentence.replace('{topic}', () => topic).replace('{Topic}', () => capital(topic))
}

/** Those that name no topic. */
function plain([first, ...others]: Texts): Texts {
  const [one = first, ...rest] = [first, ...others].filter((text) => !/\{topic\}/i.test(text))
  return [one, ...rest]
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
