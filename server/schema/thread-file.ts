import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The bundled thread's name in `dist`. */
export const THREAD_BUNDLE = 'schema-thread.mjs'

/**
 * Where the thread's code is, without a word from the caller. A thread needs a file of its own, and each way of running has
 * another one: from source (tests, tools, Next where the sources are at hand) it is `thread.ts` beside this file, which
 * Node 24 runs as it is; in `dist` it is the bundle beside `worker.mjs`; elsewhere, as in an image without sources, `dist`
 * is looked for in the working directory and above it.
 */
export function findThreadFile(from: string = import.meta.url, cwd: string = process.cwd()): string {
  const candidates: string[] = []
  if (from.startsWith('file:')) {
    const here = dirname(fileURLToPath(from))
    if (from.endsWith('/thread-file.ts') && process.features.typescript) candidates.push(join(here, 'thread.ts'))
    candidates.push(join(here, THREAD_BUNDLE))
  }
  for (let at = cwd; ; at = dirname(at)) {
    candidates.push(join(at, 'dist', THREAD_BUNDLE))
    if (dirname(at) === at) break
  }
  const found = candidates.find((file) => existsSync(file))
  if (found !== undefined) return found
  throw new Error(`The validation thread's file ${THREAD_BUNDLE} is missing. Run npm run build, then start again.`)
}
