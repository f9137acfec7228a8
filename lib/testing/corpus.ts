import { readFileSync } from 'node:fs'

/** One payload of the corpus of hostile and of ordinary input. `inert` = plain data or refused. */
export interface CorpusItem {
  readonly area: 'expression' | 'template' | 'yaml' | 'url' | 'schema' | 'regex' | 'header' | 'json'
  readonly payload: string
  readonly expect: 'reject' | 'inert' | 'accept'
  readonly why: string
}

/** The payloads of one area: what must be refused or stay inert, and what must pass. */
export function corpus(area: CorpusItem['area']): { readonly attacks: CorpusItem[]; readonly benign: CorpusItem[] } {
  return {
    attacks: read('attacks').filter((x) => x.area === area),
    benign: read('benign').filter((x) => x.area === area),
  }
}

function read(name: string): CorpusItem[] {
  return JSON.parse(readFileSync(new URL(`./corpus/${name}.json`, import.meta.url), 'utf8'))
}
