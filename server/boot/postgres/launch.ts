import { spawn } from 'node:child_process'
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { BootError } from '../boot-error.ts'
import { hasCode } from '../has-code.ts'
import { freePort } from '../port.ts'
import { projectRoot } from '../root.ts'
import { binaries } from './binaries.ts'
import { clusterName, createCluster } from './cluster.ts'
import { isServerOf, readPidFile, serversOf } from './pid-file.ts'
import { ensureDatabase, type RunningPostgres, runningPostgres } from './running.ts'
import { serverUser } from './user.ts'

export interface LaunchOptions {
  /** The server's data folder; created when it is not there. */
  readonly cluster: string
  /** The superuser's; must stay the same for a cluster. */
  readonly password: string
  /** Database to make sure of. */
  readonly database: string
  /** File the server's messages are appended to. */
  readonly log: string
  /** The port it had before, so that those who know its address find it again. Default: any that is free. */
  readonly port?: number
  /** Settings beside our own, as `name: value`. */
  readonly settings?: Readonly<Record<string, string>>
  /** false only for throw-away databases of tests: a power cut may lose them. */
  readonly durable?: boolean
}

const READY_WITHIN_MS = 60_000
const REMAINS_WITHIN_MS = 5_000
const LOG_LIMIT_BYTES = 10 * 1024 * 1024

/**
 * Starts PostgreSQL in a folder, or adopts the one that runs there. It has a process group of its own, so that Ctrl-C in
 * a terminal does not reach it: it is stopped last.
 *
 * @throws BootError when it does not come up, with its last words.
 */
export async function launchPostgres(options: LaunchOptions): Promise<RunningPostgres> {
  const { cluster, password, database } = options
  mkdirSync(dirname(cluster), { recursive: true })
  const user = serverUser(cluster)
  const native = binaries(projectRoot(), user)
  await createCluster(cluster, { native, user, password, durable: options.durable ?? true })

  const found = await adoptPostgres(options)
  if (found) return found
  await clearRemains(cluster)

  const port = options.port ?? (await freePort())
  const settings = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    log_checkpoints: 'off',
    // After a crash, one call to the file system instead of one for each of a thousand files: two seconds.
    ...(process.platform === 'linux' ? { recovery_init_sync_method: 'syncfs' } : {}),
    ...(options.durable === false ? { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' } : {}),
    ...options.settings,
  }
  const args = ['-D', clusterName(cluster, user), ...Object.entries(settings).flatMap(([k, v]) => ['-c', `${k}=${v}`])]
  const { program, before } = endingWithParent(join(native, 'bin', 'postgres'))
  const log = openLog(options.log)
  const child = spawn(program, [...before, ...args], {
    cwd: cluster,
    ...(user ?? {}),
    detached: true,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  const pid = await ready(child, options)
  const server = runningPostgres({ pid, port, cluster, password, database, adopted: false })
  await ensureDatabase(server.url)
  return server
}

/**
 * A server that is at work in the folder and will stay. Waits for one that is still starting or already stopping: its
 * parent's death may just have reached it.
 */
export async function adoptPostgres({
  cluster,
  password,
  database,
}: Pick<LaunchOptions, 'cluster' | 'password' | 'database'>): Promise<RunningPostgres | null> {
  const deadline = performance.now() + READY_WITHIN_MS
  for (;;) {
    const file = readPidFile(cluster)
    if (!file || !isServerOf(file.pid, cluster)) return null
    if (file.status === 'ready' && file.port !== null) {
      const server = runningPostgres({ pid: file.pid, port: file.port, cluster, password, database, adopted: true })
      try {
        await ensureDatabase(server.url)
        return server
      } catch (error) {
        if (hasCode(error, '28P01')) throw wrongPassword(cluster)
        // 57P01, 57P03: it is shutting down.
        if (!hasCode(error, '57P01', '57P03', 'ECONNREFUSED', 'ECONNRESET', 'CONNECTION_CLOSED')) throw error
      }
    }
    if (performance.now() > deadline) {
      throw new BootError(
        `A PostgreSQL (process ${file.pid}) is in ${cluster} but neither comes up nor ends. End that process, then start again.`,
      )
    }
    await pause(20)
  }
}

function wrongPassword(cluster: string): BootError {
  return new BootError(
    `The PostgreSQL in ${cluster} does not take the password kept beside it. Put the file postgres-password back that was made with this folder.`,
  )
}

/**
 * What a server that was killed leaves: for a moment its own children, which must be gone before another may write, and
 * its pid file. PostgreSQL clears a file whose process is dead, but not one whose number belongs to another program now.
 */
async function clearRemains(cluster: string): Promise<void> {
  const deadline = performance.now() + REMAINS_WITHIN_MS
  for (let left = serversOf(cluster); left.length > 0; left = serversOf(cluster)) {
    if (performance.now() > deadline) {
      throw new BootError(
        `Processes of an earlier PostgreSQL are still in ${cluster}: ${left.join(', ')}. End them, then start again.`,
      )
    }
    await pause(20)
  }
  rmSync(join(cluster, 'postmaster.pid'), { force: true })
}

/** Resolves with its pid when it takes connections. */
async function ready(child: ReturnType<typeof spawn>, { cluster, log }: LaunchOptions): Promise<number> {
  let failure: string | null = null
  child.on('error', (error) => {
    failure = error.message
  })
  child.on('exit', (code, signal) => {
    failure ??= `it ended with ${signal ?? code}`
  })
  const deadline = performance.now() + READY_WITHIN_MS
  while (child.pid === undefined || readPidFile(cluster)?.status !== 'ready') {
    if (failure === null && performance.now() > deadline) {
      child.kill('SIGQUIT')
      failure = `it was not ready after ${READY_WITHIN_MS / 1000} seconds`
    }
    if (failure !== null) {
      throw new BootError(`PostgreSQL did not start: ${failure}. The end of ${log} says:\n${tail(log)}`)
    }
    await pause(5)
  }
  return child.pid
}

/** On Linux the kernel tells the server when its parent dies, even by SIGKILL; elsewhere the next start adopts it. */
function endingWithParent(server: string): { readonly program: string; readonly before: readonly string[] } {
  const setpriv = '/usr/bin/setpriv'
  if (process.platform !== 'linux' || !existsSync(setpriv)) return { program: server, before: [] }
  return { program: setpriv, before: ['--pdeathsig', 'INT', server] }
}

function openLog(path: string): number {
  mkdirSync(dirname(path), { recursive: true })
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > LOG_LIMIT_BYTES) renameSync(path, `${path}.1`)
  return openSync(path, 'a', 0o600)
}

function tail(path: string): string {
  return readFileSync(path, 'utf8').trimEnd().split('\n').slice(-12).join('\n')
}
