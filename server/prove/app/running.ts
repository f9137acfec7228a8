import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort } from '#server/boot/port.ts'
import { readPidFile, serversOf } from '#server/boot/postgres/pid-file.ts'
import { projectRoot } from '#server/boot/root.ts'

export const KINDS = ['supervisor', 'web', 'worker', 'postmaster', 'backend'] as const
export type Kind = (typeof KINDS)[number]

/** `npm start` on a port and data folder of its own, started again whenever it ends, as a user would. */
export interface SupervisedApp {
  readonly url: string
  /** Process ids by what they are, as they stand now. */
  processes(): Readonly<Record<Kind, readonly number[]>>
  databaseUrl(): string
  /** How often it had to be started. */
  starts(): number
  /** Resolves when `/readyz` answers 200. */
  ready(): Promise<void>
  /** A key for the API, by the command line. */
  key(): string
  stop(): Promise<void>
}

/** What a person needs to notice and to type `npm start` again. */
const NOTICED_MS = 1_000
const READY_WITHIN_MS = 180_000

/** Starts the app in a folder; its words go to a file there. */
export async function startApp(folder: string): Promise<SupervisedApp> {
  const root = projectRoot()
  const port = await freePort()
  const url = `http://localhost:${port}`
  const data = join(folder, 'data')
  const cluster = join(data, 'postgres')
  const env = {
    ...process.env,
    PORT: String(port),
    APP_URL: url,
    SCAFF_DATA_DIR: data,
    // Not those of a file `.env` here.
    DATABASE_URL: '',
    EGRESS_ALLOW: '127.0.0.1',
    LOG_LEVEL: 'warn',
  }
  let starts = 0
  let child: ChildProcess | null = null
  const stopping = new AbortController()
  const living = (async () => {
    while (!stopping.signal.aborted) {
      starts++
      const log = openSync(join(folder, 'app.log'), 'a')
      child = spawn(process.execPath, [join(root, 'server', 'boot', 'start.mjs')], {
        cwd: root,
        env,
        stdio: ['ignore', log, log],
      })
      closeSync(log)
      await once(child, 'exit')
      await pause(NOTICED_MS, undefined, { signal: stopping.signal }).catch(() => stopping.signal.aborted)
    }
  })()

  return {
    url,
    starts: () => starts,
    processes() {
      const rows = below(child?.pid)
      const found = (word: string) => rows.filter(({ args }) => args.includes(word)).map(({ pid }) => pid)
      const postmaster = readPidFile(cluster)?.pid
      const servers = serversOf(cluster)
      return {
        supervisor: child?.pid !== undefined && child.exitCode === null && child.signalCode === null ? [child.pid] : [],
        web: found('web.mjs'),
        worker: found('worker.mjs'),
        postmaster: servers.filter((pid) => pid === postmaster),
        backend: servers.filter((pid) => pid !== postmaster),
      }
    },
    databaseUrl() {
      const password = readFileSync(join(data, 'postgres-password'), 'utf8').trim()
      return `postgres://scaff:${password}@127.0.0.1:${readPidFile(cluster)?.port}/scaff`
    },
    async ready() {
      const deadline = performance.now() + READY_WITHIN_MS
      while (!(await isReady(url))) {
        if (performance.now() > deadline)
          throw new Error(
            `not ready in ${READY_WITHIN_MS} ms:\n${readFileSync(join(folder, 'app.log'), 'utf8').slice(-4_000)}`,
          )
        await pause(100)
      }
    },
    key: () =>
      execFileSync(
        process.execPath,
        [join(root, 'dist', 'cli.mjs'), 'api-key', 'create', '--name', 'proof', '--role', 'admin'],
        {
          env,
          encoding: 'utf8',
        },
      ).trim(),
    async stop() {
      stopping.abort()
      child?.kill('SIGTERM')
      await living
      rmSync(data, { recursive: true, force: true })
    },
  }
}

export async function isReady(url: string): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2_000) })
    await answer.arrayBuffer()
    return answer.ok
  } catch {
    // Nobody there, or nobody who answers: that is what is asked.
    return false
  }
}

function below(parent: number | undefined): { pid: number; args: string }[] {
  const rows = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n')
  return rows.flatMap((row) => {
    const match = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(row)
    return match && Number(match[2]) === parent ? [{ pid: Number(match[1]), args: match[3] ?? '' }] : []
  })
}
