import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'
import { modelCheck } from '#lib/workflow/testing/model.ts'
import { withDatabase } from './database.ts'
import * as mailing from './mail/mail.ts'
import * as race from './races.ts'
import type { ProofReport } from './report.ts'
import * as restart from './rolling/rolling.ts'
import * as killing from './storm/storm.ts'
import { zombie } from './zombie.ts'

interface Options {
  readonly long: boolean
  /** Makes `model` repeat what it found. */
  readonly seed: number | null
  readonly path: string | null
}

/**
 * `npm run prove -- <name> [--long] [--seed n] [--path p]`: shows a promise of the engine, prints its figures, and ends with
 * 1 when it does not hold.
 */
const PROOFS: { readonly [name: string]: (options: Options) => Promise<ProofReport> } = {
  mail: ({ long }) => withDatabase((url) => mailing.mail(url, long ? mailing.LONG : mailing.SHORT)),
  model,
  rolling: ({ long }) => withDatabase((url) => restart.rolling(url, long ? restart.LONG : restart.SHORT)),
  races: ({ long }) => withDatabase((url) => race.races(url, long ? race.LONG : race.SHORT)),
  storm: ({ long, seed }) =>
    withDatabase((url) => killing.storm(url, long ? killing.LONG : killing.SHORT, seed ?? randomInt(1e9))),
  zombie: ({ long }) => withDatabase((url) => zombie(url, long ? 10 : 1)),
}

/** Random workflows in portions of one seed each, so that what fails can be repeated alone. */
async function model({ long, seed, path }: Options): Promise<ProofReport> {
  const portions = seed !== null ? 1 : long ? 50 : 2
  const first = seed ?? Math.floor(Date.now() / 1_000)
  const sum = { runs: 0, events: 0, completed: 0, failed: 0, canceled: 0 }
  const broken: string[] = []
  for (let i = 0; i < portions && broken.length === 0; i++) {
    const made = await modelCheck({ seed: first + i, runs: 500, ...(path === null ? {} : { path }) })
    sum.runs += made.runs
    sum.events += made.events
    for (const end of ['completed', 'failed', 'canceled'] as const) sum[end] += made.ends[end] ?? 0
    if (made.broken)
      broken.push(
        `${made.broken.message}\nagain: npm run prove -- model --seed ${made.seed} --path ${made.broken.path}`,
      )
  }
  return { figures: { ...sum, seeds: `${first}–${first + portions - 1}` }, broken }
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { long: { type: 'boolean', default: false }, seed: { type: 'string' }, path: { type: 'string' } },
})
const [name = ''] = positionals
const proof = PROOFS[name]
if (!proof) {
  console.error(`Say which: npm run prove -- ${Object.keys(PROOFS).join(' | ')} [--long]`)
  process.exit(2)
}
const began = performance.now()
const { figures, broken } = await proof({
  long: values.long,
  seed: values.seed === undefined ? null : Number(values.seed),
  path: values.path ?? null,
})
for (const [figure, value] of Object.entries(figures)) console.log(`${figure.padEnd(40)} ${value}`)
console.log(`${'seconds'.padEnd(40)} ${((performance.now() - began) / 1_000).toFixed(1)}`)
for (const one of broken) console.error(`BROKEN ${one}`)
console.log(broken.length === 0 ? `${name} holds` : `${name} does not hold`)
process.exit(broken.length === 0 ? 0 : 1)
