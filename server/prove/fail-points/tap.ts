import type { Queries, Sql } from '#server/db/client.ts'

/** Called where a process comes by a point. */
export type At = (point: string) => void

type Rows = readonly Readonly<Record<string, unknown>>[]
type Row = Rows[number]

/** A mark that was refused answers no row, and commits nothing. */
const refusable = (rows: Rows): boolean => rows.length > 0

/**
 * The engine's pool, seen from outside: each statement of the engine that commits something is told before it is sent and
 * after it is answered. Anything else goes through as it is.
 */
export function tap(sql: Sql, at: At): Sql {
  /** The kind of each work row that this process claimed. */
  const kinds = new Map<string, string>()

  /** The statements of our own texts, by how they begin. */
  const told: readonly (readonly [
    begins: RegExp,
    tell: (send: () => Promise<Rows>, values: unknown[]) => Promise<Rows>,
  ])[] = [
    [/^update work set owner = \?, fence = fence \+ 1/, claim],
    [/^insert into effects/, around('sent', refusable)],
    [/^with held as .* update messages set sending/, around('mail sent', refusable)],
    [/^update work set owner = null where id = \? and fence = \? and owner = \?$/, around('give back')],
    [/^with mine as \(update work set owner = null .*\) delete from workers/, around('release')],
    [/^delete from work where id = /, (send, [id]) => around(`finish ${kinds.get(String(id))}`)(send)],
  ]

  async function claim(send: () => Promise<Rows>): Promise<Rows> {
    const rows = await send()
    for (const { id, kind } of rows) kinds.set(String(id), String(kind))
    for (const kind of new Set(rows.map((row) => row.kind))) at(`after claim ${kind}`)
    return rows
  }

  function around(name: string, happened: (rows: Rows) => boolean = () => true) {
    return async (send: () => Promise<Rows>): Promise<Rows> => {
      at(`before ${name}`)
      const rows = await send()
      if (happened(rows)) at(`after ${name}`)
      return rows
    }
  }

  async function advance(send: () => Promise<Rows>, lists: readonly Rows[]): Promise<Rows> {
    const given = lists.flat()
    const work = given.filter((row) => 'due' in row)
    for (const { id, kind } of work) kinds.set(String(id), String(kind))
    const names = given.filter((row) => 'revision' in row).map((run) => commitOf(run, given, kinds))
    for (const name of names) at(`before ${name}`)
    const rows = await send()
    if (rows.length === 0) return rows
    for (const name of names) at(`after ${name}`)
    const kept = new Set(work.map(({ kind }) => kind))
    if (given.some((row) => 'work_id' in row)) kept.add('message')
    for (const kind of kept) if (kind !== 'step') at(`after ${kind} row`)
    return rows
  }

  return new Proxy(sql, {
    apply(target, self, args: unknown[]) {
      const query: Promise<Rows> = Reflect.apply(target, self, args)
      const [parts, ...values] = args
      // Without a text it is a helper, such as a name.
      if (!Array.isArray(parts) || !('raw' in parts)) return query
      const text = parts.join('?').replace(/\s+/g, ' ').trim()
      const [, tell] = told.find(([begins]) => begins.test(text)) ?? []
      return tell ? tell(async () => query, values) : query
    },
    get(target, name) {
      if (name === 'unsafe') {
        return (text: string, values: unknown[], options: object) => {
          const query: Promise<Rows> = Reflect.apply(target.unsafe, target, [text, values, options])
          return text.includes('insert into run_events')
            ? advance(
                async () => query,
                values.map((list) => JSON.parse(String(list))),
              )
            : query
        }
      }
      if (name === 'begin') {
        return async (run: (tx: Queries) => Promise<void>) => {
          await target.begin(async (tx) => {
            await run(tx)
            at('before admit')
          })
          at('after admit')
        }
      }
      return Reflect.get(target, name)
    },
  })
}

/** What a statement of `advance` commits for a run, by what it is given: rows of many kinds, told apart by their columns. */
function commitOf(run: Row, given: Rows, kinds: ReadonlyMap<string, string>): string {
  const has = (type: string) => given.some((row) => 'seq' in row && row.run_id === run.id && row.type === type)
  if ('workflow_id' in run) return run.parent_run_id ? 'child start' : 'start'
  if (has('step.unknown')) return 'settle unknown'
  if (run.settles_id) return `settle ${kinds.get(String(run.settles_id))}`
  if (has('step.resolved')) return 'resolve'
  return has('run.canceled') ? 'cancel' : 'signal'
}
