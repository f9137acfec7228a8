/**
 * JSON text that PostgreSQL can read: its texts know neither NUL nor lone surrogates, which models and servers do send.
 * `JSON.stringify` writes both as escapes, and a surrogate that is escaped is always a lone one.
 */
export function toStoredJson(value: unknown): string {
  const text = JSON.stringify(value)
  // The pattern looks at every backslash; nearly no text has what it looks for.
  return text.includes('\\u') ? text.replace(UNSTORABLE, '$1\\ufffd') : text
}

/** An escape that begins after an even number of backslashes. */
const UNSTORABLE = /((?<!\\)(?:\\\\)*)\\u(?:0000|d[89a-f][0-9a-f]{2})/gi
