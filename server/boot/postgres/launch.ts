import { spawn } from 'node:child_process'
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import postgres from 'postgres'
import { BootError } from '../boot-error.ts'
import { hasCode } from '../has-code.ts'
import { projectRoot } from '../root.ts'
import { binaries } from './binaries.ts'
import { clusterName, createCluster, SUPERUSER } from './cluster.ts'
import { isServerOf, readPidFile } from './pid-file.ts'
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
  /** Settings beside our own, as `name: value`. */
  readonly settings?: Readonly<Record<string, string>>
  /** false only for throw-away databases of tests: a power cut may lose them. */
  readonly durable?: boolean
  /** false: the server stays when this process ends without stopping it. Default true. */
  readonly endsWithParent?: boolean
}

export interface RunningPostgres {
  readonly url: string
  readonly pid: number
  /** It was running before: left by a supervisor that was killed. */
  readonly adopted: boolean
  /** Resolves when the server is gone, for whatever reason. */
  readonly ended: Promise<void>
  /** `fast` ends sessions and writes everything down. Resolves when the server is gone. */
  stop(): Promise<void>
}

const READY_WITHIN_MS = 60_000
const STOPPED_WITHIN_MS = 8_000
const LOG_LIMIT = 10 * 1024 * 1024

/**
 * Starts PostgreSQL in a folder, or adopts the one that runs there. It has a process group of its own, so that Ctrl-C in
 * a terminal does not reach it: it is stopped last.
 */
export async function launchPostgres(options: LaunchOptions): Promise<RunningPostgres> {
  const { cluster, password } = options
  mkdirSync(dirname(cluster), { recursive: true })
  const user = serverUser(cluster)
  const native = binaries(projectRoot(), user)
  await createCluster(cluster, { native, user, password, durable: options.durable ?? true })

  const found = await settled(cluster)
  if (found) {
    const running: RunningPostgres = { ...handle(found.pid, cluster, options, found.port), adopted: true }
    await ensureDatabase(running.url, options.database)
    return running
  }
  rmSync(join(cluster, 'postmaster.pid'), { force: true })

  const port = await freePort()
  const settings = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    log_checkpoints: 'off',
    log_min_messages: 'warning',
    ...(options.durable === false ? { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' } : {}),
    ...options.settings,
  }
  const args = ['-D', clusterName(cluster, user), ...Object.entries(settings).flatMap(([k, v]) => ['-c', `${k}=${v}`])]
  const program = join(native, 'bin', 'postgres')
  const [command, ...rest] = options.endsWithParent === false ? [program] : endingWithParent(program)
  const log = openLog(options.log)
  const child = spawn(command as string, [...rest, ...args], {
    cwd: cluster,
    ...(user ?? {}),
    detached: true,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  let failure: string | null = null
  child.on('error', (error) => {
    failure = error.message
  })
  child.on('exit', (code, signal) => {
    failure ??= `ended with ${signal ?? code}`
  })
  const deadline = performance.now() + READY_WITHIN_MS
  while (readPidFile(cluster)?.status !== 'ready') {
    if (failure !== null)
      throw new BootError(
        `PostgreSQL did not start (${failure}). Its last words in ${options.log}:\n${tail(options.log)}`,
      )
    if (performance.now() > deadline) {
      child.kill('SIGQUIT')
      throw new BootError(
        `PostgreSQL was not ready after ${READY_WITHIN_MS / 1000} seconds. Its last words in ${options.log}:\n${tail(options.log)}`,
      )
    }
    await pause(5)
  }
  if (child.pid === undefined) throw new BootError('PostgreSQL has no process id.')
  const running = { ...handle(child.pid, cluster, options, port), adopted: false }
  await ensureDatabase(running.url, options.database)
  return running
}

/** A server that is at work in the folder and will stay; waits for one that is still starting or already stopping. */
async function settled(cluster: string): Promise<{ pid: number; port: number } | null> {
  const deadline = performance.now() + READY_WITHIN_MS
  for (;;) {
    const file = readPidFile(cluster)
    if (!file || !isServerOf(file.pid, cluster)) return null
    if (file.status === 'ready' && file.port !== null) return { pid: file.pid, port: file.port }
    if (performance.now() > deadline) {
      throw new BootError(
        `A PostgreSQL (process ${file.pid}) is in ${cluster} but is ${file.status} for ever. End that process and start again.`,
      )
    }
    await pause(20)
  }
}

function handle(pid: number, cluster: string, options: LaunchOptions, port: number): Omit<RunningPostgres, 'adopted'> {
  const gone = async () => {
    while (isServerOf(pid, cluster)) await pause(50, undefined, { ref: false })
  }
  const ended = gone()
  return {
    url: `postgres://${SUPERUSER}:${encodeURIComponent(options.password)}@127.0.0.1:${port}/${options.database}`,
    pid,
    ended,
    async stop() {
      // INT is "fast": sessions are ended; QUIT is "immediate": the next start recovers from the log.
      for (const [signal, within] of [
        ['SIGINT', STOPPED_WITHIN_MS],
        ['SIGQUIT', 2_000],
      ] as const) {
        if (!isServerOf(pid, cluster)) return
        signalServer(pid, signal)
        const deadline = performance.now() + within
        while (isServerOf(pid, cluster) && performance.now() < deadline) await pause(10)
      }
    },
  }
}

function signalServer(pid: number, signal: 'SIGINT' | 'SIGQUIT'): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if (!hasCode(error, 'ESRCH')) throw error
  }
}

/** On Linux the kernel tells the server when its parent dies, even by SIGKILL; elsewhere the next start adopts it. */
function endingWithParent(program: string): string[] {
  const setpriv = ['/usr/bin/setpriv', '/bin/setpriv'].find((path) => existsSync(path))
  return setpriv ? [setpriv, '--pdeathsig', 'INT', program] : [program]
}

async function ensureDatabase(url: string, name: string): Promise<void> {
  const admin = postgres(adminUrl(url), { max: 1, onnotice: () => {} })
  try {
    const [found] = await admin`select 1 from pg_database where datname = ${name}`
    if (!found) await admin`create database ${admin(name)}`
  } finally {
    await admin.end()
  }
}

/** The same server's maintenance database. */
export function adminUrl(url: string): string {
  const admin = new URL(url)
  admin.pathname = '/postgres'
  return admin.href
}

function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const server = createServer()
    server.on('error', failed)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => (typeof address === 'object' && address ? done(address.port) : failed(new Error('no port'))))
    })
  })
}

function openLog(path: string): number {
  mkdirSync(dirname(path), { recursive: true })
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > LOG_LIMIT) renameSync(path, `${path}.1`)
  return openSync(path, 'a', 0o600)
}

function tail(path: string): string {
  return readFileSync(path, 'utf8').split('\n').slice(-12).join('\n').trim()
}
