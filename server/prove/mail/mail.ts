import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { stepCatalog } from '#lib/steps/definitions.ts'
import { systemClock } from '#lib/time.ts'
import { createKeyring } from '#server/auth/keyring.ts'
import { openDatabase, type Sql } from '#server/db/client.ts'
import { createPostgresEngine } from '#server/engine/postgres/client/engine.ts'
import { readLines } from '../lines.ts'
import { bundle } from '../process.ts'
import { findings, type ProofReport } from '../report.ts'
import { CALL, publish } from '../setting.ts'
import { type Aftermath, linksWork, noneDoubled, noneLost, pointsHold, readDue, repeatsCounted } from './checks.ts'
import { type Crew, openCrew } from './crew.ts'
import { keepMarks, readMarks } from './marks.ts'
import { openOutside } from './outside.ts'
import { type Death, POINTS, type Point } from './points.ts'
import { MAILS_PER_RUN, mailWorkflow } from './work.ts'

export interface MailSizes {
  /** Workers that kill themselves at each of the points. */
  readonly atEach: number
  /** Workers that are killed from outside at random. */
  readonly atRandom: number
  readonly workers: number
}

export const SHORT: MailSizes = { atEach: 1, atRandom: 2, workers: 2 }
export const LONG: MailSizes = { atEach: 12, atRandom: 60, workers: 3 }

const SECRET = 'mail-proof 0123456789 abcdefghijklmnopqrstuvwxyz'
/** So many mails are queued while there is somebody to kill. */
const QUEUED = 30
/** How long after the last kill all must be out: a repeat that the API met while it was busy waits ten seconds. */
const CALM_MS = 60_000

/**
 * Worker processes are killed at the points that matter and at random while approvals and forms are mailed, by a mail server
 * and by an API with idempotency keys, each a process with its own record. Afterwards the records are compared.
 */
export async function mail(url: string, sizes: MailSizes): Promise<ProofReport> {
  const folder = mkdtempSync(join(tmpdir(), 'scaff-mail-'))
  const { sql, close } = openDatabase(url, { max: 6, name: 'mail driver' })
  const found = findings()
  const troubles: unknown[] = []
  const onError = (error: unknown) => void troubles.push(error)
  const engine = createPostgresEngine({ sql, clock: systemClock, catalog: stepCatalog, onError })
  const outside = await openOutside(folder)
  const deaths = join(folder, 'deaths.jsonl')
  let crew: Crew | null = null
  try {
    await keepMarks(sql)
    const workflow = await publish(sql, mailWorkflow())
    crew = openCrew({
      program: await bundle('mail/worker.ts', join(folder, 'worker.mjs')),
      url,
      told: [String(outside.smtpPort), outside.apiUrl, SECRET, deaths],
      size: sizes.workers,
      deaths: mixed(sizes),
    })
    const through = { yes: false }
    const killing = crew.through.finally(() => {
      through.yes = true
    })
    let runs = 0
    while (!through.yes) {
      if ((await queued(sql)) >= QUEUED) await pause(10)
      else if ((await engine.start(CALL, workflow)).ok) runs++
    }
    await killing
    await untilOut(sql)
    const after: Aftermath = {
      due: await readDue(sql),
      taken: outside.taken(),
      requested: outside.requested(),
      marks: await readMarks(sql),
      deaths: readLines<Death>(deaths),
      killed: crew.killed,
      keys: createKeyring(SECRET),
    }
    const figures = {
      'workers killed': crew.killed.size,
      ...pointsHold(after, found),
      ...noneLost(after, found),
      ...noneDoubled(after, found),
      ...repeatsCounted(after, found),
      ...linksWork(after, found),
    }
    const { expect } = found
    expect(after.due.length === runs * MAILS_PER_RUN, `${after.due.length} mails are due of ${runs} runs`)
    for (const point of POINTS) {
      const hit = after.deaths.filter((death) => death.point === point).length
      expect(hit === sizes.atEach, `the proof is invalid: ${hit} of ${sizes.atEach} were killed ${point}`)
    }
    troubles.push(...crew.troubles)
    expect(troubles.length === 0, `${troubles.length} troubles were told of: ${troubles[0]}`)
    return { figures, broken: found.broken }
  } finally {
    await crew?.close()
    await engine.close()
    await outside.close()
    await close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The ways to die, those by chance spread among the others. */
function mixed({ atEach, atRandom }: MailSizes): (Point | null)[] {
  const deaths: (Point | null)[] = Array.from({ length: atEach }, () => POINTS).flat()
  const every = (deaths.length + atRandom) / atRandom
  for (let i = 0; i < atRandom; i++) deaths.splice(Math.floor(i * every), 0, null)
  return deaths
}

async function queued(sql: Sql): Promise<number> {
  const [row] = await sql<{ n: number }[]>`select count(*)::int as n from work where kind = 'message'`
  return row?.n ?? 0
}

async function untilOut(sql: Sql): Promise<void> {
  const deadline = performance.now() + CALM_MS
  while ((await queued(sql)) > 0) {
    if (performance.now() > deadline) return
    await pause(50)
  }
}
