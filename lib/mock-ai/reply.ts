import type { Message } from './brief.ts'

/** Sentences to draw from. */
export type Texts = readonly [string, ...string[]]

const THANKS: Texts = ['Thank you for your message.', 'Thank you for writing to us.', 'Thank you for telling us.']
const REPLIES: Texts = [
  'A colleague is looking into it and comes back to you.',
  'We have read it and know what to look at first.',
  'If anything is missing from what you wrote, please answer this mail.',
  'You need not do anything until then.',
  'We would rather take a little longer than send you something that does not help.',
]

/** An answer to a message. It promises nothing, and says at its end that nobody wrote it. */
export function replyText({ from, quote }: Message, draw: (texts: Texts) => string): string {
  const read = quote === null ? '' : ` You write: “${quote}”`
  return [
    from === null ? 'Hello,' : `Hello ${from},`,
    `${draw(THANKS)}${read}`,
    [draw(REPLIES), draw(REPLIES), draw(REPLIES)].join(' '),
    'Kind regards\nThe team',
    '(The built-in mock made this answer up. With a key for a model, AI writes it.)',
  ].join('\n\n')
}
