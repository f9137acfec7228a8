import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '#server/boot/root.ts'
import type { SUITES } from './suites.ts'

/** A defect that the tests must tell: a few words of one source file, and what stands there instead. */
export interface SeededBug {
  /** What is wrong with an engine that has it. */
  readonly name: string
  readonly file: string
  /** Found in the file exactly once, so that the list cannot fall behind the code. */
  readonly text: string
  readonly instead: string
  /** Who should tell. */
  readonly suites: readonly (keyof typeof SUITES)[]
  /** Words of the names of the tests that should, where the others of the suite take long. */
  readonly only?: string
}

/** The file as the bug leaves it. */
export function seeded({ name, file, text, instead }: SeededBug): string {
  const source = readFileSync(join(projectRoot(), file), 'utf8')
  const found = source.split(text).length - 1
  if (found !== 1) throw new Error(`the text of the bug “${name}” is found ${found} times in ${file}`)
  return source.replace(text, () => instead)
}
