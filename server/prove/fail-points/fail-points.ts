import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { openDatabase, type Sql } from '#server/db/client.ts'
import type { StartInput } from '#server/engine/port.ts'
import { SWEEP_MS } from '../invariants.ts'
import { bundle } from '../process.ts'
import { type Findings, findings, type ProofReport } from '../report.ts'
import { publish } from '../setting.ts'
import { CASES, type CaseName, writtenWith } from './cases.ts'
import { inOrder, mailed, repeatsOf, sameAs, settledAt, type Trace, traceOf, withoutCalled } from './checks.ts'
import { type Crew, type Death, hireCrew, LEASE_SECONDS } from './crew.ts'
import { live } from './life.ts'
import { type Outside, openOutside } from './outside.ts'
import { FAIL_POINTS, type FailPoint, SHORT_POINTS } from './points.ts'

interface Stage {
  readonly sql: Sql
  readonly crew: Crew
  readonly outside: Outside
  readonly found: Findings
}

/** A life without a fault: which points a process comes by, and what is left. */
interface Pattern {
  readonly points: readonly string[]
  readonly trace: Trace
}

/**
 * For every kind of step a run is lived without a fault; then it is lived again for each point that a process came by, and the
 * process is killed there. The next one takes over, and what is left must be the same.
 */
export async function failPoints(url: string, form: 'short' | 'long'): Promise<ProofReport> {
  const database = openDatabase(url, { max: 3, name: 'fail points' })
  const outside = await openOutside()
  const folder = mkdtempSync(join(tmpdir(), 'scaff-fail-points-'))
  const program = await bundle('fail-points/process.ts', join(folder, 'process.mjs'))
  const crew = await hireCrew(program, url, outside.url)
  const found = findings()
  const stage: Stage = { sql: database.sql, crew, outside, found }
  const sum = { lives: 0, takeovers: 0, repeats: 0, unknown: 0, doubled: 0 }
  const reached = new Set<string>()
  const passed = new Set<string>()
  const wasReached = (point: FailPoint) => reached.has(`${FAIL_POINTS[point].case}: ${point}`)
  try {
    const names = Object.keys(CASES) as CaseName[]
    const due =
      form === 'long' ? names : names.filter((name) => SHORT_POINTS.some((at) => FAIL_POINTS[at].case === name))
    for (const name of due) {
      const input = await published(stage, name)
      const pattern = await withoutFault(stage, name, input)
      for (const point of pattern.points) passed.add(point)
      const wanted =
        form === 'long' ? [...new Set(pattern.points)] : SHORT_POINTS.filter((at) => FAIL_POINTS[at].case === name)
      for (const point of wanted) {
        // Every fourth one by the end of the lease, which takes longer; the short form has no time for that.
        const heir = form === 'long' && sum.lives % 4 === 1 ? 'new name' : 'same name'
        if (form === 'long') console.error(`${name}: ${point}`)
        const one = await killedAt(stage, name, input, pattern, { point, nth: 1, heir })
        if (one === null) continue
        reached.add(`${name}: ${point}`)
        sum.lives += 1
        sum.takeovers += one.kills
        sum.repeats += one.repeats
        sum.unknown += one.unknown
        sum.doubled += one.doubled
      }
    }
    const listed = form === 'long' ? (Object.keys(FAIL_POINTS) as FailPoint[]) : SHORT_POINTS
    for (const point of listed)
      found.expect(wasReached(point), `nobody was killed at “${point}” of ${FAIL_POINTS[point].case}`)
    for (const point of passed) found.expect(point in FAIL_POINTS, `“${point}” is not on the list of points`)
    for (const trouble of crew.troubles) found.expect(false, `a process had trouble: ${trouble}`)
    const slowest = Math.round(Math.max(0, ...crew.takeovers))
    const limit = LEASE_SECONDS * 1_000 + SWEEP_MS
    found.expect(slowest <= limit, `I7: a takeover took ${slowest} ms, more than ${limit}`)
    const figures = {
      'kinds of steps': due.length,
      'points on the list': listed.length,
      'points reached': listed.filter(wasReached).length,
      'points × kinds of steps tried': sum.lives,
      'processes killed': sum.takeovers,
      'lease s': LEASE_SECONDS,
      'slowest takeover ms': slowest,
      'repeats with the same key, after a crash or a stop': sum.repeats,
      'unknown effects asked': sum.unknown,
      lost: found.broken.filter((one) => one.includes('I1')).length,
      doubled: sum.doubled,
    }
    return { figures, broken: found.broken }
  } finally {
    await crew.close()
    await outside.close()
    await database.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function published({ sql, outside }: Stage, name: CaseName): Promise<StartInput> {
  const { steps, child, runs }: (typeof CASES)[CaseName] = CASES[name]
  const called = `${name}: called`
  if (child) await publish(sql, writtenWith(called, child, { url: outside.url, child: '' }))
  const input = await publish(sql, writtenWith(name, steps, { url: outside.url, child: called }))
  return runs ? { ...input, concurrency: { key: name, max: 1 } } : input
}

/** One life, from the starts to the last row of work, and what is left of it. */
async function oneLife({ found, ...stage }: Stage, name: CaseName, input: StartInput, deaths: readonly Death[]) {
  stage.outside.happened.length = 0
  await stage.crew.arm(deaths)
  const life = await live(stage, input, { ...CASES[name], name: crypto.randomUUID() }, found)
  // The last commit is seen here before its own process comes by what follows it.
  for (let looks = 0; stage.crew.pending > 0 && looks < 50; looks++) await pause(20)
  const trace = await traceOf(stage.sql, life.run_ids, stage.outside.happened)
  return { ...life, trace }
}

async function withoutFault(stage: Stage, name: CaseName, input: StartInput): Promise<Pattern> {
  const { first } = CASES[name]
  const { trace } = await oneLife(stage, name, input, first ? [{ point: first, nth: 1, heir: 'same name' }] : [])
  return { points: [...stage.crew.passed], trace }
}

/** null: nobody came by that point. */
async function killedAt(stage: Stage, name: CaseName, input: StartInput, pattern: Pattern, death: Death) {
  const { sql, crew, outside, found } = stage
  const { first, impatient } = CASES[name]
  const own = findings()
  const deaths = first ? [{ point: first, nth: 1, heir: 'same name' } as const, death] : [death]
  const life = await oneLife({ ...stage, found: own }, name, input, deaths)
  const where = `${name}, killed at “${death.point}”: `
  const reached = crew.pending === 0
  if (!reached) {
    await crew.arm([])
    own.expect(false, 'the point was not reached')
  }
  const unbegun = pattern.points.indexOf(death.point) < pattern.points.indexOf('after child start')
  sameAs(pattern.trace, impatient && unbegun ? withoutCalled(pattern.trace) : null, life.trace, own)
  await mailed(sql, outside.happened, life.run_ids, own)
  const doubled = await inOrder(sql, own)
  const settled = await settledAt(sql, life.run_ids)
  const repeats = repeatsOf(outside.happened, { settled, gone: crew.gone }, own)
  for (const one of own.broken) {
    console.error(`BROKEN ${where}${one}`)
    found.expect(false, where + one)
  }
  return reached ? { kills: deaths.length, repeats, unknown: life.unknown, doubled } : null
}
