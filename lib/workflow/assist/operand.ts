const OPENED: Readonly<Record<string, string>> = { ')': '(', ']': '[' }

/**
 * Where the value begins that ends at a place of an expression: a name with what follows it by dots, brackets and calls.
 * The place itself where none ends there.
 */
export function operandStart(source: string, end: number): number {
  let at = end
  for (;;) {
    const before = at
    const closing = source[at - 1] ?? ''
    if (closing in OPENED) {
      const opening = openingOf(source, at - 1)
      if (opening < 0) return before
      at = opening
      // Brackets belong to the name in front of them; without one they are the value.
      if (!/[\w)\]]/.test(source[at - 1] ?? '')) return at
      continue
    }
    while (/\w/.test(source[at - 1] ?? '')) at--
    if (at === before) return before
    if (source[at - 1] !== '.') return at
    at--
  }
}

/** The bracket that is closed at an offset; -1 where it was never opened. What is quoted does not count. */
function openingOf(source: string, closed: number): number {
  const open: number[] = []
  let quote = ''
  for (let i = 0; i <= closed; i++) {
    const sign = source[i] ?? ''
    if (quote !== '') {
      if (sign === '\\') i++
      else if (sign === quote) quote = ''
    } else if (sign === '"' || sign === "'") quote = sign
    else if (sign === '(' || sign === '[') open.push(i)
    else if (sign === ')' || sign === ']') {
      const opening = open.pop() ?? -1
      if (i === closed) return opening
    }
  }
  return -1
}
