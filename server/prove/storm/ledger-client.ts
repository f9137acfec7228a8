import { join } from 'node:path'
import type { JsonObject } from '#lib/json.ts'
import { readLines } from '../lines.ts'
import { openServer } from '../process.ts'

/** One raw request, as the ledger kept it. */
export interface LedgerRecord {
  readonly key: string
  readonly method: string
  /** The process that sent it. */
  readonly worker: string
  readonly at: number
  readonly answer: JsonObject
}

export interface Ledger {
  readonly url: string
  /** What it knows of a key, as a person would look it up; null: nothing arrived. */
  look(key: string): Promise<LedgerRecord | null>
  /** Every raw request, read from its file. */
  records(): readonly LedgerRecord[]
  close(): Promise<void>
}

/** Starts the ledger's process, which keeps what it is sent in `folder`. Answers take up to `slowestMs`. */
export async function openLedger(folder: string, seed: number, slowestMs: number): Promise<Ledger> {
  const file = join(folder, 'ledger.jsonl')
  const { port, close } = await openServer('storm/ledger.ts', [file, String(seed), String(slowestMs)])
  const url = `http://127.0.0.1:${port}`
  return {
    url,
    look: async (key) => (await fetch(`${url}/?key=${encodeURIComponent(key)}`)).json(),
    records: () => readLines<LedgerRecord>(file),
    close,
  }
}
