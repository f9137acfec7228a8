import { randomBytes } from 'node:crypto'
import { chmodSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { BootError } from '#server/boot/boot-error.ts'
import { hasCode } from '#server/boot/has-code.ts'

/** Writes beside a file that exists and renames, so that nobody ever reads half of it; links and rights stay as they are. */
export function writeText(file: string, text: string): void {
  const target = realpathSync(file)
  const beside = `${target}.${randomBytes(6).toString('hex')}.tmp`
  try {
    writeFileSync(beside, text, { flag: 'wx' })
    chmodSync(beside, statSync(target).mode)
    renameSync(beside, target)
  } catch (error) {
    rmSync(beside, { force: true })
    if (hasCode(error, 'EACCES') || hasCode(error, 'EROFS'))
      throw new BootError(`${file} cannot be written by this user. It is as it was.`)
    throw error
  }
}
