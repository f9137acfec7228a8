import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const run = promisify(execFile)
const ROOT = new URL('../..', import.meta.url).pathname

/** Each rule with the import that must trip it: a guard that cannot fail is none. */
const TRIPS: readonly (readonly [rule: string, from: string, to: string])[] = [
  ['no-unresolved', 'lib/a.ts', 'lib/nowhere.ts'],
  ['core-is-pure', 'lib/workflow/a.ts', 'lib/steps/form/definition.ts'],
  ['lib-stands-alone', 'lib/a.ts', 'server/db/client.ts'],
  ['definitions-are-browser-safe', 'lib/steps/form/definition.ts', 'lib/steps/form/executor.ts'],
  ['executors-belong-to-workers', 'server/services/runs/start.ts', 'lib/steps/form/executor.ts'],
  ['tables-know-nobody', 'drizzle/schema/runs.ts', 'server/db/client.ts'],
  ['db-knows-tables-only', 'server/db/client.ts', 'server/services/runs/get.ts'],
  ['engine-below-services', 'server/engine/postgres/advance.ts', 'server/services/runs/get.ts'],
  ['services-below-api', 'server/services/runs/start.ts', 'server/api/rest.ts'],
  ['services-know-the-port-only', 'server/services/runs/start.ts', 'server/engine/postgres/advance.ts'],
  ['api-below-app', 'server/api/rest.ts', 'app/page.tsx'],
  ['no-worker-in-web', 'app/page.tsx', 'server/engine/postgres/worker/worker.ts'],
  ['no-executors-in-web', 'components/b.tsx', 'lib/steps/form/executor.ts'],
  ['simulation-stays-in-workers', 'components/c.tsx', 'lib/simulation/simulate-run.ts'],
  ['components-take-types-only', 'components/a.tsx', 'server/db/client.ts'],
  ['app-goes-through-the-api', 'app/page.tsx', 'server/engine/port.ts'],
  ['rooms-are-apart', 'lib/steps/form/definition.ts', 'lib/steps/set/definition.ts'],
]

describe('import zones', () => {
  let tree = ''

  beforeAll(async () => {
    tree = await mkdtemp(join(tmpdir(), 'scaff-zones-'))
    await symlink(join(ROOT, 'node_modules'), join(tree, 'node_modules'))
    await writeFile(join(tree, 'tsconfig.json'), '{}')
  })
  afterAll(() => rm(tree, { recursive: true, force: true }))

  const put = async (file: string, text: string) => {
    await mkdir(dirname(join(tree, file)), { recursive: true })
    await writeFile(join(tree, file), text)
  }
  const relative = (from: string, to: string) => `${'../'.repeat(from.split('/').length - 1) || './'}${to}`
  const broken = async (): Promise<string[]> => {
    const bin = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs')
    const args = [bin, '--config', join(ROOT, '.dependency-cruiser.mjs'), '--output-type', 'json', '.']
    const { stdout } = await run(process.execPath, args, { cwd: tree, maxBuffer: 1 << 26 }).catch(
      (error: { stdout: string }) => error,
    )
    const { summary } = JSON.parse(stdout) as { summary: { violations: { from: string; rule: { name: string } }[] } }
    return summary.violations.map((v) => `${v.rule.name} ${v.from}`)
  }

  it('trips every rule by one import, and only where that import stands', async () => {
    const files = new Map<string, string[]>()
    for (const [, from, to] of TRIPS) {
      files.set(from, [...(files.get(from) ?? []), to])
      if (to !== 'lib/nowhere.ts' && !files.has(to)) files.set(to, [])
    }
    for (const [file, imports] of files) {
      await put(
        file,
        [
          ...imports.map((to, i) => `import * as m${i} from '${relative(file, to)}'\nconsole.log(m${i})`),
          'export const x = 1',
        ].join('\n'),
      )
    }
    await put(
      'lib/workflow/b.ts',
      `import { readFileSync } from 'node:fs'\nconsole.log(readFileSync)\nexport const y = 1`,
    )
    await put(
      'lib/steps/set/definition.ts',
      `import { readFileSync } from 'node:fs'\nconsole.log(readFileSync)\nexport const y = 1`,
    )
    await put('lib/simulation/simulate-run.ts', `import '../steps/form/executor.ts'\nexport const x = 1`)
    const inWorker = 'components/d.worker.ts'
    await put(inWorker, `import { x } from '../lib/simulation/simulate-run.ts'\nconsole.log(x)\nexport const y = 1`)
    await put('lib/c.ts', `import { d } from './d.ts'\nexport const c = () => d()`)
    await put('lib/d.ts', `import { c } from './c.ts'\nexport const d = () => c()`)

    const found = await broken()
    for (const [rule, from] of TRIPS) expect(found).toContain(`${rule} ${from}`)
    for (const expected of [
      'core-has-no-node lib/workflow/b.ts',
      'definitions-have-no-node lib/steps/set/definition.ts',
      'no-cycle lib/c.ts',
    ]) {
      expect(found).toContain(expected)
    }
    expect(found.filter((line) => line.endsWith(inWorker))).toEqual([])
    expect(found.filter((line) => line.startsWith('lib-stands-alone'))).toEqual(['lib-stands-alone lib/a.ts'])
  }, 60_000)
})
