/** One character of white space as Python and Jinja know it: unlike JavaScript's, without the byte order mark. */
export const SPACE = String.raw`[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]`

const IS_SPACE = new RegExp(SPACE)
const SPACES = new RegExp(`${SPACE}+`)

export function trimStart(text: string): string {
  let start = 0
  while (start < text.length && IS_SPACE.test(text.charAt(start))) start++
  return text.slice(start)
}

export function trimEnd(text: string): string {
  let end = text.length
  while (end > 0 && IS_SPACE.test(text.charAt(end - 1))) end--
  return text.slice(0, end)
}

/** The parts of a text between white space. */
export function words(text: string): string[] {
  return text.split(SPACES).filter((word) => word !== '')
}
