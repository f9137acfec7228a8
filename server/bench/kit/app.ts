import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { ensureBuilt } from '#server/boot/build.mjs'
import { freePort } from '#server/boot/port.ts'
import { webProgram, workerProgram } from '#server/boot/programs.ts'
import { projectRoot } from '#server/boot/root.ts'
import { waitReady } from '#server/boot/wait-ready.ts'

/** A process of the app as people run it: what is built, with production's settings. */
export interface AppProcess {
  readonly pid: number
  stop(): Promise<void>
}

/** Starts a web process on a port of its own and waits until it is ready. */
export async function startWebProcess(url: string): Promise<AppProcess & { readonly origin: string }> {
  await ensureBuilt(['server', 'web'])
  const port = await freePort()
  const web = launch(webProgram(), url, { PORT: String(port), HOST: 'localhost' })
  await waitReady(port, 'localhost', AbortSignal.timeout(60_000))
  return { ...web, origin: `http://localhost:${port}` }
}

/** Starts a worker process; it works as soon as it is there. */
export async function startWorkerProcess(url: string, env: Readonly<Record<string, string>>): Promise<AppProcess> {
  await ensureBuilt(['server'])
  return launch(workerProgram(), url, env)
}

function launch(args: readonly string[], url: string, env: Readonly<Record<string, string>>): AppProcess {
  const child = spawn(process.execPath, args, {
    cwd: projectRoot(),
    env: {
      ...process.env,
      NODE_ENV: 'production',
      DATABASE_URL: url,
      SCAFF_SECRET_KEY: 'a key of the benchmark, and of nothing else in the world',
      LOG_LEVEL: 'warn',
      ...env,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  if (child.pid === undefined) throw new Error(`${args[0]} did not start`)
  return { pid: child.pid, stop: () => end(child) }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  const late = pause(10_000, undefined, { ref: false }).then(() => child.kill('SIGKILL'))
  await Promise.race([gone, late])
  await gone
}
