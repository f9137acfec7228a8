import { readdirSync, readFileSync } from 'node:fs'

export interface Planted {
  /** What is wrong, as a folder of `fixtures/planted`. */
  readonly kind: string
  readonly name: string
  readonly text: string
  /** `error type.nullable 28:16 notes`: its one finding, with the place and the text that is marked. */
  readonly expected: string
}

const FOLDER = new URL('../fixtures/planted/', import.meta.url)

/** Whole workflows with one mistake each; their first line says what has to be found. */
export function readPlanted(): readonly Planted[] {
  return readdirSync(FOLDER).flatMap((kind) =>
    readdirSync(new URL(`${kind}/`, FOLDER)).map((file) => {
      const text = readFileSync(new URL(`${kind}/${file}`, FOLDER), 'utf8')
      const expected = text.slice(0, text.indexOf('\n')).replace(/^# /, '')
      return { kind, name: file.replace('.yaml', ''), text, expected }
    }),
  )
}
