import { type ChildProcess, spawn } from 'node:child_process'
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

/** Starts a program as a process of its own, which can be told things and tells them. */
export function startProcess(file: string, args: readonly string[]): ChildProcess {
  // The Node that came with the packages where this one is too old to read TypeScript.
  const old = Number(process.versions.node.split('.')[0]) < 24
  const node = old ? join(projectRoot(), 'node_modules', '.bin', 'node') : process.execPath
  return spawn(node, [file, ...args], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
}
