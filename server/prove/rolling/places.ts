import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { workerProgram } from '#server/boot/programs.ts'
import { projectRoot } from '#server/boot/root.ts'
import { endProcess, nodeProgram } from '../process.ts'

/** How one process was replaced. */
export interface Replaced {
  readonly role: Role
  /** From SIGTERM to its end. */
  readonly drainMs: number
  /** Exit code, or the signal that ended it. */
  readonly end: string
  /** Steps that it broke off and gave back, as it says itself; null: it did not say. */
  readonly brokenOff: number | null
}

export type Role = 'web' | 'worker'

/** A place in which one process after the other stands. */
export interface Place {
  /** SIGTERM, its end, and the next one ready. */
  replace(): Promise<Replaced>
  close(): Promise<void>
}

export interface PlaceOptions {
  readonly role: Role
  readonly env: Readonly<Record<string, string>>
  /** As `npm run worker` starts it; else the worker's process alone, whose drain the environment says. */
  readonly supervised: boolean
}

const READY: Readonly<Record<Role, RegExp>> = { web: /ready at http/, worker: /worker ready/ }
const STOPPED = /"broken_off":(\d+)/

interface Standing {
  readonly child: ChildProcess
  brokenOff: number | null
}

/** Opens a place with its first process, ready. */
export async function openPlace(options: PlaceOptions): Promise<Place> {
  let standing = await start(options)
  return {
    async replace() {
      const { child } = standing
      const began = performance.now()
      await endProcess(child, 'SIGTERM')
      const drainMs = performance.now() - began
      const { brokenOff } = standing
      standing = await start(options)
      return { role: options.role, drainMs, end: String(child.signalCode ?? child.exitCode), brokenOff }
    },
    close: () => endProcess(standing.child, 'SIGTERM'),
  }
}

async function start({ role, env, supervised }: PlaceOptions): Promise<Standing> {
  const root = projectRoot()
  const args = supervised
    ? [join(root, 'dist/main.mjs'), role]
    : ['--import', join(root, 'dist/end-with-parent.mjs'), ...workerProgram()]
  const child = spawn(nodeProgram(), args, {
    env: { PATH: process.env.PATH, NODE_ENV: 'production', ...env },
    // The channel ends it when this process is gone.
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  const standing: Standing = { child, brokenOff: null }
  const said: string[] = []
  await new Promise<void>((ready, failed) => {
    child.once('exit', (code, signal) => failed(new Error(`${role} ended with ${signal ?? code}:\n${said.join('\n')}`)))
    if (!child.stdout) throw new Error('no output')
    createInterface({ input: child.stdout }).on('line', (line) => {
      said.push(line)
      if (READY[role].test(line)) ready()
      const stopped = STOPPED.exec(line)
      if (stopped) standing.brokenOff = Number(stopped[1])
    })
  })
  return standing
}
