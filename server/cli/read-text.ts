import { readFileSync } from 'node:fs'
import { BootError } from '#server/boot/boot-error.ts'
import { hasCode } from '#server/boot/has-code.ts'

/** The text of a file that somebody named; `what` is what should stand in it. */
export function readText(file: string, what: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (hasCode(error, 'ENOENT')) throw new BootError(`There is no file ${file}. Give the path of ${what}.`)
    if (hasCode(error, 'EISDIR')) throw new BootError(`${file} is a folder. Give the path of ${what}.`)
    if (hasCode(error, 'EACCES')) throw new BootError(`${file} cannot be read by this user.`)
    throw error
  }
}
