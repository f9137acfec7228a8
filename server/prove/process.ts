import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { projectRoot } from '#server/boot/root.ts'

/** A program of this folder. */
export const source = (program: string): string => join(import.meta.dirname, program)

/** Makes one file of a program and all it imports, so that a process of it is there in a moment, as those of `dist` are. */
export async function bundle(program: string, outfile: string): Promise<string> {
  const { build } = await import('esbuild')
  await build({
    absWorkingDir: projectRoot(),
    entryPoints: [source(program)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    // Packages in the older module format ask for Node's own modules by `require`, which a module does not have.
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    logLevel: 'warning',
  })
  return outfile
}

/** The Node that came with the packages where this one is too old to read TypeScript. */
export function nodeProgram(): string {
  const old = Number(process.versions.node.split('.')[0]) < 24
  return old ? join(projectRoot(), 'node_modules', '.bin', 'node') : process.execPath
}

/** Starts a program as a process of its own, which can be told things and tells them. */
export function startProcess(file: string, args: readonly string[]): ChildProcess {
  return spawn(nodeProgram(), [file, ...args], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
}

/** The next thing a process tells that is the one meant. Rejects when it ends before. */
export function heard<W, M extends W = W>(child: ChildProcess, isMeant: (word: W) => word is M): Promise<M> {
  return new Promise((resolve, reject) => {
    const listen = (word: W) => {
      if (!isMeant(word)) return
      done()
      resolve(word)
    }
    const end = () => {
      done()
      reject(new Error(`a process ended with ${child.signalCode ?? child.exitCode} before it said what was waited for`))
    }
    const done = () => {
      child.off('message', listen)
      child.off('exit', end)
    }
    child.on('message', listen)
    child.on('exit', end)
    if (isOver(child)) end()
  })
}

/** Ends a process, if it has not ended yet, and waits until it is gone. */
export async function endProcess(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<void> {
  if (isOver(child)) return
  const exited = once(child, 'exit')
  child.kill(signal)
  await exited
}

const isOver = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null

/** A server of the world outside, in a process that nobody kills. */
interface OutsideServer {
  readonly port: number
  close(): Promise<void>
}

/** Starts one, and waits for the port that it says (`sayPort`). */
export async function openServer(program: string, args: readonly string[]): Promise<OutsideServer> {
  const child = startProcess(source(program), args)
  const port = await heard(child, (word: unknown) => typeof word === 'number')
  return {
    port,
    async close() {
      const exited = once(child, 'exit')
      child.disconnect()
      await exited
    },
  }
}
