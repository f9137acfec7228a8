import { type Findings, findings, type ProofReport } from '../report.ts'
import { type SeededBug, seeded } from './bug.ts'
import { CORE_BUGS } from './core-bugs.ts'
import { runSuite, type Suite } from './run-suite.ts'
import { STORE_BUGS } from './store-bugs.ts'
import { SUITES } from './suites.ts'
import { TYPE_BUGS } from './type-bugs.ts'
import { WORKER_BUGS } from './worker-bugs.ts'

export const ALL: readonly SeededBug[] = [...CORE_BUGS, ...STORE_BUGS, ...WORKER_BUGS, ...TYPE_BUGS]

/** Each caught by tests of the core alone, within a second or two. */
export const SHORT: readonly SeededBug[] = ALL.filter(({ name }) =>
  [
    'early timer',
    'quorum one too low',
    'a retry begins the same epoch',
    'the output of an older attempt is taken',
  ].includes(name),
)

/**
 * Tests the tests: each bug alone is put into the code as it is loaded, and the part of the suite that should tell must
 * fail. Nothing is shown by a suite that fails anyway, so it must pass without any bug first.
 */
export async function seededBugs(
  bugs: readonly SeededBug[],
  say: (line: string) => void = () => {},
): Promise<ProofReport> {
  const found = findings()
  // Before anything runs: a text that is not found is a list that fell behind the code.
  for (const bug of bugs) seeded(bug)
  const began = performance.now()
  const figures = { 'tests that pass without a bug': 0, 'bugs seeded': 0, 'bugs caught': 0 }
  for (const suite of suitesOf(bugs)) {
    const { passed, caught } = await runSuite(suite)
    figures['tests that pass without a bug'] += passed
    found.expect(caught === null, `invalid: without any bug there fails ${caught}`)
  }
  say(`${seconds(began)} s  no bug: ${figures['tests that pass without a bug']} tests pass`)
  if (found.broken.length > 0) return { figures, broken: found.broken }
  for (const bug of bugs) {
    figures['bugs seeded'] += 1
    if (await isCaught(bug, found, say)) figures['bugs caught'] += 1
  }
  return { figures, broken: found.broken }
}

async function isCaught(bug: SeededBug, found: Findings, say: (line: string) => void): Promise<boolean> {
  const began = performance.now()
  const { caught } = await runSuite({ ...suiteOf(bug), bug })
  found.expect(caught !== null, `survived: “${bug.name}” in ${bug.file}`)
  say(`${seconds(began)} s  ${caught === null ? 'SURVIVED' : 'caught'}: ${bug.name} (${bug.file})`)
  if (caught !== null) say(`          by ${caught}`)
  return caught !== null
}

function suiteOf({ suites, only }: SeededBug): Suite {
  return { files: suites.flatMap((suite) => SUITES[suite]), only: only ?? null, bug: null }
}

/** All tests that should tell of any of these: whole files, and of those that take long the ones that are named. */
function suitesOf(bugs: readonly SeededBug[]): readonly Suite[] {
  const named = bugs.filter(({ only }) => only !== undefined)
  const whole = bugs.filter(({ only }) => only === undefined)
  const suites = [
    { files: filesOf(whole), only: null, bug: null },
    { files: filesOf(named), only: [...new Set(named.map(({ only }) => only))].join('|'), bug: null },
  ]
  return suites.filter(({ files }) => files.length > 0)
}

function filesOf(bugs: readonly SeededBug[]): readonly string[] {
  return [...new Set(bugs.flatMap((bug) => suiteOf(bug).files))]
}

function seconds(since: number): string {
  return ((performance.now() - since) / 1_000).toFixed(1).padStart(6)
}
