import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'
import { app } from './app/app.ts'
import { withDatabase } from './database.ts'
import { failPoints } from './fail-points/fail-points.ts'
import { fuzz } from './fuzz/fuzz.ts'
import * as mailing from './mail/mail.ts'
import { type ModelOptions, model } from './model/model.ts'
import * as outage from './outages/outages.ts'
import * as race from './races.ts'
import type { ProofReport } from './report.ts'
import * as restart from './rolling/rolling.ts'
import * as killing from './storm/storm.ts'
import { types } from './types.ts'
import { zombie } from './zombie.ts'

/**
 * `npm run prove -- <name> [--long] [--seed n] [--path p]`: shows a promise of the engine, prints its figures, and ends with
 * 1 when it does not hold.
 */
const PROOFS: { readonly [name: string]: (options: ModelOptions) => Promise<ProofReport> } = {
  // Brings its own database, and is built first where it is not.
  app: ({ seed }) => app(seed ?? randomInt(1e9)),
  mail: ({ long }) => withDatabase((url) => mailing.mail(url, long ? mailing.LONG : mailing.SHORT)),
  database: ({ long, seed }) =>
    withDatabase((url, restart) =>
      outage.outages(url, restart, long ? outage.LONG : outage.SHORT, seed ?? randomInt(1e9)),
    ),
  'fail-points': ({ long }) => withDatabase((url) => failPoints(url, long ? 'long' : 'short')),
  fuzz,
  model,
  rolling: ({ long }) => withDatabase((url) => restart.rolling(url, long ? restart.LONG : restart.SHORT)),
  races: ({ long }) => withDatabase((url) => race.races(url, long ? race.LONG : race.SHORT)),
  storm: ({ long, seed }) =>
    withDatabase((url) => killing.storm(url, long ? killing.LONG : killing.SHORT, seed ?? randomInt(1e9))),
  // Not loaded for the others: it brings all of Vitest.
  'seeded-bugs': async () => {
    const { ALL, seededBugs } = await import('./seeded/seeded-bugs.ts')
    return seededBugs(ALL, console.log)
  },
  types,
  zombie: ({ long }) => withDatabase((url) => zombie(url, long ? 10 : 1)),
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
