/** Expressions out of a text, in which a line break or two semicolons stand between them. */
export function texts(source: string): [string, ...string[]] {
  const found = source
    .split(/;;|\n/)
    .map((text) => text.trim())
    .filter((text) => text !== '')
  const [first, ...rest] = found
  if (first === undefined) throw new Error('There is nothing to choose from.')
  return [first, ...rest]
}
