// `npm test`: every check and suite, one after the other, each within a time budget. Ends with one line of sums.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { ensureBuilt } from './build.mjs'
import { ensureChromium } from './chromium.mjs'
import { ensureInstalled, nodeProgram, root } from './prepare.mjs'

const reports = join(root, 'test-results')
const bin = (path) => join(root, 'node_modules', path)

/** Seconds are budgets, far above what each takes on two cores: one that is hit means that something hangs or has grown. */
const SUITES = [
  { name: 'types', seconds: 120, args: [bin('typescript7/bin/tsc'), '--noEmit'] },
  { name: 'lint', seconds: 60, args: [bin('@biomejs/biome/bin/biome'), 'check', '.'] },
  {
    name: 'zones',
    seconds: 60,
    args: [
      bin('dependency-cruiser/bin/dependency-cruiser.mjs'),
      '--config',
      '.dependency-cruiser.mjs',
      'app',
      'components',
      'lib',
      'server',
      'drizzle',
    ],
  },
  { name: 'dead code', seconds: 60, args: [bin('knip/bin/knip.js')] },
  {
    name: 'unit and integration',
    seconds: 1_500,
    args: [...vitest('code'), '--project', 'unit', '--project', 'integration', '--coverage'],
    tests: vitestCounts('code'),
  },
  {
    name: 'stories',
    seconds: 900,
    args: [...vitest('stories'), '--project', 'storybook'],
    tests: vitestCounts('stories'),
  },
  { name: 'build', seconds: 300, run: () => ensureBuilt(['server', 'web']) },
  {
    name: 'budgets',
    seconds: 300,
    args: [bin('@playwright/test/cli.js'), 'test', '--config', 'e2e/budgets/playwright.config.ts'],
    tests: playwrightCounts('budgets'),
  },
  { name: 'e2e', seconds: 1_500, args: [bin('@playwright/test/cli.js'), 'test'], tests: playwrightCounts('e2e') },
]

function vitest(report) {
  return [
    bin('vitest/vitest.mjs'),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${join(reports, `${report}.json`)}`,
  ]
}

function vitestCounts(report) {
  return () => {
    const { numPassedTests, numFailedTests, numFailedTestSuites } = JSON.parse(
      readFileSync(join(reports, `${report}.json`), 'utf8'),
    )
    // A file that does not even load has failed suites and no failed test.
    return { passed: numPassedTests, failed: numFailedTests || numFailedTestSuites }
  }
}

function playwrightCounts(report) {
  return () => {
    const { stats } = JSON.parse(readFileSync(join(reports, `${report}.json`), 'utf8'))
    return { passed: stats.expected, failed: stats.unexpected + stats.flaky + stats.skipped }
  }
}

await ensureInstalled()
rmSync(reports, { recursive: true, force: true })
// What an earlier build wrote down of its routes: they may be gone, and a fresh clone has none of it.
for (const stale of ['types', join('dev', 'types')])
  rmSync(join(root, '.next', stale), { recursive: true, force: true })
mkdirSync(reports, { recursive: true })
const only = process.argv.slice(2)
const env = {
  ...process.env,
  CHROMIUM_PATH: await ensureChromium(),
  NEXT_TELEMETRY_DISABLED: '1',
  STORYBOOK_DISABLE_TELEMETRY: '1',
}

const results = []
for (const suite of SUITES) {
  if (only.length > 0 && !only.includes(suite.name)) continue
  console.log(`\n━━ ${suite.name}`)
  const began = Date.now()
  const trouble = await attempt(suite)
  results.push({ name: suite.name, seconds: (Date.now() - began) / 1000, trouble, ...count(suite, trouble) })
}

console.log('\n━━ sums')
for (const { name, seconds, passed, failed, trouble } of results) {
  console.log(
    `${failed ? 'FAIL' : 'ok  '} ${name.padEnd(22)} ${seconds.toFixed(1).padStart(6)} s  ${String(passed).padStart(5)} passed  ${failed} failed${trouble ? `  (${trouble})` : ''}`,
  )
}
const sum = (key) => results.reduce((total, result) => total + result[key], 0)
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`)
process.exit(sum('failed') === 0 && sum('passed') > 0 ? 0 : 1)

/** Runs a suite; answers what is wrong with it, or null. */
async function attempt(suite) {
  if (suite.run) return suite.run().then(() => null)
  return new Promise((done) => {
    // A group of its own, so that whatever hangs ends with it.
    const child = spawn(nodeProgram(), suite.args, {
      cwd: root,
      env,
      stdio: ['ignore', 'inherit', 'inherit'],
      detached: true,
    })
    let late = false
    const timer = setTimeout(() => {
      late = true
      process.kill(-child.pid, 'SIGKILL')
    }, suite.seconds * 1000)
    child.on('error', (error) => done(error.message))
    child.on('exit', (code, signal) => {
      clearTimeout(timer)
      done(late ? `not done within its ${suite.seconds} s` : code === 0 ? null : `ended with ${signal ?? code}`)
    })
  })
}

/** A check counts as one test. A suite that ended badly without a failed test, e.g. by its coverage, counts as one failure. */
function count(suite, trouble) {
  const own = suite.tests && existsSync(reports) ? read(suite) : { passed: trouble ? 0 : 1, failed: 0 }
  return { passed: own.passed, failed: own.failed || (trouble ? 1 : 0) }
}

function read(suite) {
  try {
    return suite.tests()
  } catch (error) {
    console.log(`no report of ${suite.name}: ${error.message}`)
    return { passed: 0, failed: 1 }
  }
}
