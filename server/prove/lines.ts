import { existsSync, readFileSync } from 'node:fs'

/** What a process of a proof wrote line by line as JSON; it alone writes that file. Nothing yet: no lines. */
export function readLines<T>(file: string): T[] {
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): T => JSON.parse(line))
}
