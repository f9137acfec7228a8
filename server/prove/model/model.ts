import { modelCheck } from '#lib/workflow/testing/model.ts'
import { withDatabase } from '../database.ts'
import type { ProofReport } from '../report.ts'
import { playedOnPostgres } from './played.ts'

export interface ModelOptions {
  readonly long: boolean
  /** To repeat what was found. */
  readonly seed: number | null
  /** Where in a seed it was found: `calm:…`, `rough:…`, `postgres:<run>`. */
  readonly path: string | null
}

/** How many portions, and of how many runs: on the core alone, of each weather, and on PostgreSQL. */
const SHORT = { core: [2, 500], postgres: [1, 40] } as const
const LONG = { core: [50, 500], postgres: [10, 200] } as const

/** Random workflows in portions of one seed each, so that what fails can be repeated alone: on the core, then on PostgreSQL. */
export async function model({ long, seed, path }: ModelOptions): Promise<ProofReport> {
  const { core, postgres } = long ? LONG : SHORT
  const first = seed ?? Math.floor(Date.now() / 1_000)
  const on = /^postgres:(\d+)$/.exec(path ?? '')
  const figures: Record<string, number | string> = { 'first seed': first }
  const broken: string[] = []
  const add = (more: Readonly<Record<string, number | string>>) => {
    for (const [name, value] of Object.entries(more)) figures[name] = Number(figures[name] ?? 0) + Number(value)
  }
  const portions = async (many: number, one: (seed: number) => Promise<void>) => {
    for (let i = 0; i < (seed === null ? many : 1) && broken.length === 0; i++) await one(first + i)
  }
  if (!on)
    await portions(core[0], async (portion) => {
      const made = await modelCheck({ seed: portion, runs: core[1], ...(path === null ? {} : { path }) })
      add({ runs: made.runs, events: made.events, ...made.ends })
      const again = `again: npm run prove -- model --seed ${portion} --path ${made.broken?.path}`
      if (made.broken) broken.push(`${made.broken.message}\n${again}`)
    })
  if (on || path === null)
    await portions(postgres[0], async (portion) => {
      const only = on ? { only: Number(on[1]) } : {}
      const made = await withDatabase((url) => playedOnPostgres(url, { seed: portion, runs: postgres[1], ...only }))
      add(made.figures)
      broken.push(...made.broken)
    })
  return { figures, broken }
}
