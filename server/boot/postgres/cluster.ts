import { spawn } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BootError } from '../boot-error.ts'
import type { ServerUser } from './user.ts'

/** The superuser of the embedded server; its password is generated once per data folder. */
export const SUPERUSER = 'scaff'

/**
 * The name under which the server is told its data folder. As another user it may not be able to walk down to it, e.g.
 * under /root; it is started inside, and this name leads there without walking.
 */
export const clusterName = (cluster: string, user: ServerUser | null) =>
  user && process.platform === 'linux' ? '/proc/self/cwd' : cluster

/**
 * Creates the cluster when there is none. It is made aside and renamed, so a start that was cut short is simply begun
 * again.
 */
export async function createCluster(
  cluster: string,
  options: {
    readonly native: string
    readonly user: ServerUser | null
    readonly password: string
    readonly durable: boolean
  },
): Promise<void> {
  if (existsSync(join(cluster, 'PG_VERSION'))) return
  const { native, user, password, durable } = options
  const fresh = `${cluster}-new`
  const notes = mkdtempSync(join(tmpdir(), 'scaff-initdb-'))
  const passwordFile = join(notes, 'password')
  try {
    rmSync(fresh, { recursive: true, force: true })
    mkdirSync(fresh, { recursive: true, mode: 0o700 })
    chmodSync(fresh, 0o700)
    writeFileSync(passwordFile, password, { mode: 0o600 })
    if (user) for (const path of [fresh, notes, passwordFile]) chownSync(path, user.uid, user.gid)
    const args = [
      `--pgdata=${clusterName(fresh, user)}`,
      `--username=${SUPERUSER}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--data-checksums',
      ...(durable ? [] : ['--no-sync']),
    ]
    await initdb(join(native, 'bin', 'initdb'), args, fresh, user)
    renameSync(fresh, cluster)
  } finally {
    rmSync(notes, { recursive: true, force: true })
  }
}

function initdb(program: string, args: string[], cwd: string, user: ServerUser | null): Promise<void> {
  return new Promise((done, failed) => {
    const child = spawn(program, args, { cwd, ...(user ?? {}), stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    const keep = (chunk: Buffer) => {
      said += chunk.toString()
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.on('error', failed)
    child.on('close', (code) => {
      if (code === 0) done()
      else
        failed(
          new BootError(`PostgreSQL could not create its files in ${cwd} (initdb ended with ${code}):\n${said.trim()}`),
        )
    })
  })
}
