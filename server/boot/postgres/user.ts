import { readFileSync, statSync } from 'node:fs'
import { BootError } from '../boot-error.ts'

/** The user PostgreSQL runs as when that is not ourselves. */
export interface ServerUser {
  readonly uid: number
  readonly gid: number
}

/** PostgreSQL refuses to run as root, so root lends it one of the users that every system has. */
const CANDIDATES = ['postgres', 'nobody']

/**
 * Whom PostgreSQL must run as: null for ourselves. A cluster that exists keeps its owner, so a folder first used by a
 * normal user can be started by root too; the other way round is refused with a sentence.
 */
export function serverUser(
  cluster: string,
  self = process.getuid?.() ?? -1,
  passwd = '/etc/passwd',
): ServerUser | null {
  const owner = statSync(cluster, { throwIfNoEntry: false })
  if (self !== 0) {
    if (owner && self > 0 && owner.uid !== self) {
      throw new BootError(
        `The database folder ${cluster} belongs to another user (uid ${owner.uid}). Start Scaff as that user or as root, or set SCAFF_DATA_DIR to a folder of your own.`,
      )
    }
    return null
  }
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  const users = new Map(
    readFileSync(passwd, 'utf8')
      .split('\n')
      .map((line) => line.split(':'))
      .map(([name, , uid, gid]) => [name ?? '', { uid: Number(uid), gid: Number(gid) }]),
  )
  for (const name of CANDIDATES) {
    const user = users.get(name)
    if (user && user.uid > 0) return user
  }
  throw new BootError(
    'PostgreSQL does not run as root, and this system has neither a user "postgres" nor "nobody". Create one with "useradd --system postgres", start Scaff as a normal user, or set DATABASE_URL.',
  )
}
