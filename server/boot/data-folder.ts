import { createHash, randomBytes } from 'node:crypto'
import { accessSync, constants, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join, resolve } from 'node:path'
import { BootError } from './boot-error.ts'
import { hasCode } from './has-code.ts'

/** What stands where in the data folder. */
export interface DataFolder {
  readonly path: string
  readonly lock: string
  readonly cluster: string
  readonly postgresLog: string
  /** Generated on first use, then the same for ever. */
  postgresPassword(): string
  secretKey(): string
  /**
   * Names the worker of this folder on this machine, so that after a crash the next one takes over at once what the last
   * one held. The machine is part of it, because folders get copied.
   */
  workerId(): string
}

/** @throws BootError when the folder cannot be made or written to. */
export function openDataFolder(dir: string): DataFolder {
  const path = resolve(dir)
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 })
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (error) {
    if (!hasCode(error, 'EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST')) throw error
    throw new BootError(
      `The data folder ${path} cannot be written to. Give this user the right to, or set SCAFF_DATA_DIR to another folder.`,
    )
  }
  return {
    path,
    lock: join(path, 'lock'),
    cluster: join(path, 'postgres'),
    postgresLog: join(path, 'postgres.log'),
    postgresPassword: () => generated(join(path, 'postgres-password')),
    secretKey: () => generated(join(path, 'secret-key')),
    workerId: () => {
      const hash = createHash('sha256')
        .update(generated(join(path, 'worker-name')))
        .update(hostname())
      return `wrk_${hash.digest('hex').slice(0, 26)}`
    },
  }
}

/** 256 random bits kept in a file that only its owner reads; whoever comes second takes what the first one wrote. */
function generated(path: string): string {
  for (;;) {
    try {
      const text = readFileSync(path, 'utf8').trim()
      if (text.length < 32) {
        throw new BootError(`${path} is damaged. Put it back from a backup; a new one would not fit the database.`)
      }
      return text
    } catch (error) {
      if (!hasCode(error, 'ENOENT')) throw error
    }
    const fresh = `${path}.${process.pid}`
    writeFileSync(fresh, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600 })
    try {
      linkSync(fresh, path)
    } catch (error) {
      if (!hasCode(error, 'EEXIST')) throw error
    } finally {
      rmSync(fresh, { force: true })
    }
  }
}
