import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const ROOT = new URL('..', import.meta.url).pathname
const READY_MS = 90_000

/** The real application on a port and data folder of its own, started as a person starts it. */
export interface RunningApp {
  readonly url: string
  /** The one-time link, while nobody has an account. */
  readonly setupLink: string | null
  /** Milliseconds from the start to the line that says ready. */
  readonly readyMs: number
  /** Its own database, for what no journey makes in reasonable time. */
  databaseUrl(): string
  /** Process ids of the children of that name. */
  pids(child: 'web' | 'worker'): number[]
  /** SIGKILL to the supervisor and everything below it. */
  killAll(): Promise<void>
  /** Starts again on the same folder and port. */
  restart(): Promise<RunningApp>
  /** An orderly end; the data folder goes with it. */
  stop(): Promise<void>
}

export interface AppSettings {
  readonly env?: Readonly<Record<string, string>>
}

export async function startApp({ env = {} }: AppSettings = {}): Promise<RunningApp> {
  const dataDir = mkdtempSync(join(tmpdir(), 'scaff-e2e-'))
  const port = await freePort()
  return launch({ port, dataDir, env })
}

async function launch(at: {
  port: number
  dataDir: string
  env: Readonly<Record<string, string>>
}): Promise<RunningApp> {
  const { port, dataDir, env } = at
  const url = `http://localhost:${port}`
  const began = performance.now()
  const child = spawn(process.execPath, [join(ROOT, 'server/boot/start.mjs')], {
    cwd: ROOT,
    env: {
      ...process.env,
      PORT: String(port),
      SCAFF_DATA_DIR: dataDir,
      EGRESS_ALLOW: '127.0.0.1',
      APP_URL: url,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  const said = await untilReady(child)
  const readyMs = performance.now() - began
  const ended = new Promise<void>((done) => child.once('exit', () => done()))
  return {
    url,
    readyMs,
    setupLink: /http:\S+\/setup\?token=\S+/.exec(said)?.[0] ?? null,
    databaseUrl() {
      const password = readFileSync(join(dataDir, 'postgres-password'), 'utf8').trim()
      const port = readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[3]
      return `postgres://scaff:${password}@127.0.0.1:${port}/scaff`
    },
    pids: (name) =>
      descendants(child.pid)
        .filter(({ args }) => args.includes(`dist/${name}.mjs`))
        .map(({ pid }) => pid),
    async killAll() {
      const all = descendants(child.pid).map(({ pid }) => pid)
      for (const pid of [child.pid ?? 0, ...all]) kill(pid, 'SIGKILL')
      await ended
    },
    restart: () => launch(at),
    async stop() {
      kill(child.pid ?? 0, 'SIGTERM')
      await ended
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** What it said until it was ready, the set-up link included. Rejects when it ends or takes too long. */
function untilReady(child: ChildProcess): Promise<string> {
  return new Promise((done, failed) => {
    let said = ''
    const timer = setTimeout(() => failed(new Error(`not ready in ${READY_MS} ms:\n${said}`)), READY_MS)
    const listen = (chunk: Buffer) => {
      said += chunk
      if (!/ready at http/.test(said)) return
      // The link, if any, is said right after.
      setTimeout(() => {
        clearTimeout(timer)
        done(said)
      }, 200)
    }
    child.stdout?.on('data', listen)
    child.stderr?.on('data', listen)
    child.once('exit', (code) => failed(new Error(`ended with ${code}:\n${said}`)))
  })
}

function descendants(root: number | undefined): { pid: number; args: string }[] {
  const rows = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .split('\n')
    .flatMap((line) => {
      const match = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line)
      return match ? [{ pid: Number(match[1]), parent: Number(match[2]), args: match[3] ?? '' }] : []
    })
  const below = (pid: number): typeof rows =>
    rows.filter((row) => row.parent === pid).flatMap((row) => [row, ...below(row.pid)])
  return root === undefined ? [] : below(root)
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  await new Promise((done) => server.close(done))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
