// Builds what runs: bundles of our processes in `dist`, the pages and routes in `.next`. Each is made anew only when what it
// is made from has changed. Runs on any Node from 20 on, once the packages are there.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ensureInstalled, giveUp, nodeProgram, once, root, runQuietly, say, withProgress } from './prepare.mjs'

/** Each process of ours, and the thread that validates schemas. */
const ENTRIES = {
  main: 'server/main.ts',
  web: 'server/web.ts',
  worker: 'server/worker.ts',
  'end-with-parent': 'server/boot/end-with-parent.ts',
  cli: 'server/cli.ts',
  'schema-thread': 'server/schema/thread.ts',
}

/** Packages in the older module format ask for Node's own modules by `require`, which a module does not have. */
const REQUIRE = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);"

const SERVER_SOURCES = ['lib', 'server', 'drizzle', 'package.json', 'package-lock.json']
const WEB_SOURCES = [
  ...SERVER_SOURCES,
  'app',
  'components',
  'public',
  'instrumentation.ts',
  'proxy.ts',
  'next.config.ts',
  'tsconfig.json',
  'tailwind.config.ts',
  'postcss.config.mjs',
]
const NOT_BUILT_FROM = /\.test\.tsx?$|\.stories\.tsx$|\.md$|[\\/]server[\\/](bench|prove|testing)[\\/]/

const TARGETS = {
  server: {
    sources: SERVER_SOURCES,
    mark: join(root, 'dist', 'built-from'),
    build: buildServer,
    name: 'the server',
    expected: 'a second',
  },
  web: {
    sources: WEB_SOURCES,
    mark: join(root, '.next', 'built-from'),
    build: buildWeb,
    name: 'the pages',
    expected: 'half a minute',
  },
}

/** Builds those of `server` and `web` that are missing or older than their sources. */
export async function ensureBuilt(names) {
  for (const name of names) {
    const { mark, build, name: words, expected } = TARGETS[name]
    await once(
      `build-${name}`,
      () => isBuilt(name),
      async () => {
        const id = sourcesId(name)
        rmSync(mark, { force: true })
        await withProgress(`building ${words}`, 'built', () => build(id), expected)
        writeFileSync(mark, id)
      },
    )
  }
}

function isBuilt(name) {
  const { mark } = TARGETS[name]
  return existsSync(mark) && readFileSync(mark, 'utf8') === sourcesId(name)
}

/** A hash over names and contents of all sources: the same after a fresh clone, whatever the files' dates. */
function sourcesId(name) {
  const hash = createHash('sha256')
  for (const source of TARGETS[name].sources) {
    const path = join(root, source)
    const stat = statSync(path, { throwIfNoEntry: false })
    if (!stat) continue
    const files = stat.isDirectory()
      ? readdirSync(path, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
          .sort()
      : [path]
    for (const file of files) {
      if (NOT_BUILT_FROM.test(file)) continue
      hash.update(file.slice(root.length)).update('\0').update(readFileSync(file)).update('\0')
    }
  }
  return hash.digest('hex')
}

async function buildServer() {
  const { build } = await import('esbuild')
  const outdir = join(root, 'dist')
  rmSync(outdir, { recursive: true, force: true })
  await build({
    absWorkingDir: root,
    entryPoints: ENTRIES,
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: false,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    // Next reads its own files by their places in its package.
    external: ['next'],
    // With their packages: loading a library file by file costs the processes seconds and a hundred megabytes.
    banner: { js: REQUIRE },
    // No source maps: Node reads them whole at each start (50 MB for the worker), and unminified code names its own places.
    logLevel: 'warning',
  }).catch(() => giveUp('The server could not be built; the messages are above.'))
}

/**
 * Machines that share a database may each build for themselves: pages of one must understand answers of the other, so what
 * Next would draw at random comes from the sources. At run time another key takes the place of this one, see `supervise.ts`.
 */
async function buildWeb(id) {
  const next = join(root, 'node_modules', 'next', 'dist', 'bin', 'next')
  const env = {
    ...process.env,
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    SCAFF_BUILD_ID: id.slice(0, 20),
    NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: Buffer.from(id, 'hex').toString('base64'),
  }
  const code = await runQuietly(nodeProgram(), [next, 'build'], { env })
  if (code !== 0) giveUp('The pages could not be built; the messages are above.')
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await ensureInstalled()
  await ensureBuilt(['server', 'web'])
  say('everything is built')
}
