/**
 * Characters that are there but cannot be seen, or that change the order in which others are read: control characters,
 * soft hyphen, zero-width and bidirectional marks, variation and tag characters. In text that somebody approves they can
 * make it look like another text, so they are shown by name.
 */
const HIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: each is meant by itself
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]/gu

/** A variation selector or joiner inside an emoji is how that emoji is written, not a hiding place. */
const EMOJI = /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u20e3/u

export interface TextPart {
  readonly text: string
  /** `text` is then the name of a character that would not be seen, e.g. `U+202E`. */
  readonly hidden: boolean
}

/** Most texts hold nothing else, and this is far quicker to tell. */
const PLAIN = /^[\t\n\r -~]+$/

/** Splits a text into what can be shown as it is and the names of what cannot be seen. */
export function visibleParts(text: string): readonly TextPart[] {
  if (PLAIN.test(text)) return [{ text, hidden: false }]
  const parts: TextPart[] = []
  let from = 0
  for (const found of text.matchAll(HIDDEN)) {
    const [char] = found
    if (belongsToEmoji(text, found.index, char)) continue
    if (found.index > from) parts.push({ text: text.slice(from, found.index), hidden: false })
    parts.push({ text: name(char), hidden: true })
    from = found.index + char.length
  }
  if (from < text.length) parts.push({ text: text.slice(from), hidden: false })
  return parts
}

/** The same as one string, for mails in plain text: `pay ⟨U+202E⟩001`. */
export function visibleText(text: string): string {
  return visibleParts(text)
    .map((part) => (part.hidden ? `⟨${part.text}⟩` : part.text))
    .join('')
}

function name(char: string): string {
  return `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}

function belongsToEmoji(text: string, at: number, char: string): boolean {
  if (char !== '\ufe0f' && char !== '\u200d') return false
  const before = [...text.slice(Math.max(0, at - 4), at)].at(-1) ?? ''
  if (char === '\ufe0f') return EMOJI.test(before) || /[#*0-9]/.test(before)
  const after = String.fromCodePoint(text.codePointAt(at + 1) ?? 0)
  return (EMOJI.test(before) || before === '\ufe0f') && EMOJI.test(after)
}
