import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { projectRoot } from '#server/boot/root.ts'

/** What a command said and how it ended. */
export interface CliAnswer {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Starts the built command line in a folder, which is also where its data is. */
export function startScaff(
  folder: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, [join(projectRoot(), 'dist', 'cli.mjs'), ...args], {
    env: { NODE_ENV: 'test', PATH: process.env.PATH, SCAFF_DATA_DIR: join(folder, 'data'), ...env },
    cwd: folder,
  })
}

/** Runs it to its end. */
export async function runScaff(
  folder: string,
  args: readonly string[],
  more: { readonly input?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<CliAnswer> {
  const child = startScaff(folder, args, more.env)
  child.stdin.end(more.input ?? '')
  const ended = new Promise<number | null>((done) => child.on('close', done))
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  return { code, out, err }
}
