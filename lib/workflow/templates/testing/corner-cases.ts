import { readFileSync } from 'node:fs'

const LINES = readFileSync(new URL('corner-cases.txt', import.meta.url), 'utf8').split('\n')

/** Templates that were thought of, and white-space control at every place. */
export function cornerCases(): string[] {
  const written = LINES.filter((line) => line.startsWith('"')).map((line): string => JSON.parse(line))
  return [...new Set([...written, ...marked()])]
}

/** Templates that Jinja refuses, and what comes of them here. */
export function ownCases(): [template: string, here: string][] {
  return LINES.filter((line) => line.startsWith('[')).map((line) => JSON.parse(line))
}

/** Every mark at every place of every kind of tag, with white space all around. */
function marked(): string[] {
  const [some, all] = [
    ['', '-'],
    ['', '-', '+'],
  ] as const
  const around = (...parts: readonly string[]) => `a \n ${parts.join(' \n b \n ')} \n c`
  return [
    ...combined([all, some]).map(([a, b]) => around(`{{${a} name ${b}}}`)),
    ...combined([all, all]).flatMap(([a, b]) => [around(`{%${a} set x = 1 ${b}%}`), around(`{#${a} c ${b}#}`)]),
    ...combined([all, some, all, all]).map(([a, b, c, d]) => around(`{%${a} raw ${b}%}`, `{%${c} endraw ${d}%}`)),
    ...combined([all, all, all, all]).map(([a, b, c, d]) => around(`{%${a} if yes ${b}%}`, `{%${c} endif ${d}%}`)),
    ...combined([some, some, some, some, some, some]).flatMap(([a, b, c, d, e, f]) => [
      around(`{%${a} if no ${b}%}`, `{%${c} else ${d}%}`, `{%${e} endif ${f}%}`),
      around(`{%${a} for t in nested ${b}%}`, `{%${c} else ${d}%}`, `{%${e} endfor ${f}%}`),
    ]),
  ]
}

function combined(choices: readonly (readonly string[])[]): string[][] {
  const [first, ...others] = choices
  if (first === undefined) return [[]]
  return first.flatMap((choice) => combined(others).map((rest) => [choice, ...rest]))
}
