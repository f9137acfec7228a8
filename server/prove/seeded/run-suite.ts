import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { createVitest, type TestCase, type TestModule } from 'vitest/node'
import { projectRoot } from '#server/boot/root.ts'
import { type SeededBug, seeded } from './bug.ts'

const MIGRATIONS = 'drizzle/migrations'
/** A bug may make a test hang: then its time runs out. */
const TEST_MS = 15_000

export interface Suite {
  readonly files: readonly string[]
  /** Only the tests whose names hold this pattern; null: all. */
  readonly only: string | null
  /** What is wrong with the code; null: nothing. */
  readonly bug: SeededBug | null
}

export interface SuiteRun {
  readonly passed: number
  /** The first test that failed, or what else went wrong; null: all is well. */
  readonly caught: string | null
}

/** Runs test files in a Vitest of its own, with the bug in the code as it is loaded: no file of the project is touched. */
export async function runSuite({ files, only, bug }: Suite): Promise<SuiteRun> {
  const planted = bug === null ? null : plant(bug)
  let first: string | null = null
  try {
    const vitest = await createVitest(
      {
        root: projectRoot(),
        config: false,
        watch: false,
        // Kept by what the files say on disk, which is not what is loaded.
        fsModuleCache: false,
        include: [...files],
        ...(only === null ? {} : { testNamePattern: only }),
        globalSetup: files.some((file) => file.endsWith('.int.test.ts')) ? ['server/testing/global-setup.ts'] : [],
        bail: bug === null ? 0 : 1,
        testTimeout: bug === null ? 60_000 : TEST_MS,
        hookTimeout: 60_000,
        teardownTimeout: 1_000,
        coverage: { enabled: false },
        reporters: [
          {
            onTestCaseResult(test: TestCase) {
              if (test.result().state === 'failed') first ??= nameOf(test)
            },
          },
        ],
      },
      planted === null
        ? {}
        : {
            plugins: [
              {
                name: 'seeded-bug',
                enforce: 'pre',
                load: (id) => planted.files.get(id.split('?')[0] ?? ''),
              },
            ],
          },
    )
    try {
      await vitest.start()
      const modules = vitest.state.getTestModules()
      const tests = modules.flatMap((module) => [...module.children.allTests()])
      const loaded = modules.flatMap((module: TestModule) => module.errors())
      const other = [...loaded, ...vitest.state.getUnhandledErrors()].map(messageOf)[0]
      return {
        passed: tests.filter((test) => test.result().state === 'passed').length,
        caught: first ?? (other === undefined ? null : `(outside of a test) ${other.split('\n')[0]}`),
      }
    } finally {
      await vitest.close()
    }
  } finally {
    planted?.remove()
  }
}

interface Planted {
  /** What is loaded instead, by absolute path. */
  readonly files: ReadonlyMap<string, string>
  remove(): void
}

/** Migrations are read from a folder and not loaded: theirs is copied, and the copy is the one that is migrated from. */
function plant(bug: SeededBug): Planted {
  const root = projectRoot()
  if (!bug.file.startsWith(`${MIGRATIONS}/`))
    return { files: new Map([[join(root, bug.file), seeded(bug)]]), remove: () => {} }
  const copy = mkdtempSync(join(tmpdir(), 'scaff-seeded-'))
  cpSync(join(root, MIGRATIONS), copy, { recursive: true })
  writeFileSync(join(copy, relative(MIGRATIONS, bug.file)), seeded(bug))
  const migrate = 'server/db/migrate.ts'
  const text = `join(root, 'drizzle', 'migrations')`
  const source = seeded({ ...bug, file: migrate, text, instead: JSON.stringify(copy) })
  return { files: new Map([[join(root, migrate), source]]), remove: () => rmSync(copy, { recursive: true }) }
}

function nameOf(test: TestCase): string {
  return `${relative(projectRoot(), test.module.moduleId)} › ${test.fullName}`
}

function messageOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error)
}
