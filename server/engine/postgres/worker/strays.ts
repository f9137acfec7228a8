import type { Queries } from '#server/db/client.ts'
import { giveBack } from './claim.ts'

/**
 * Frees what the worker owns without knowing: the connection broke between the commit of a claim and its answer, or before a
 * row could be given back. The lease goes on, so nobody else would ever take it. An answer may still be on its way, so only
 * what was unknown at two looks in a row is meant. Answers how many rows were freed.
 */
export function createStrays(sql: Queries, owner: string, holding: ReadonlyMap<string, string>): () => Promise<number> {
  let before: ReadonlySet<string> = new Set()
  return async () => {
    const rows = await sql<{ id: string; fence: number }[]>`select id, fence from work where owner = ${owner}`
    const known = new Set(holding.values())
    const unknown = rows.filter(({ id }) => !known.has(id))
    const strays = unknown.filter((row) => before.has(nameOf(row)))
    for (const stray of strays) await giveBack(sql, stray, owner)
    before = new Set(unknown.map(nameOf))
    return strays.length
  }
}

const nameOf = ({ id, fence }: { id: string; fence: number }): string => `${id}:${fence}`
