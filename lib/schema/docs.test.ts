import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { DIAGNOSTIC_CODES } from '#lib/workflow/diagnostic-codes.ts'
import { FORMATS } from './formats.ts'
import { checkSchema } from './gate.ts'
import { HINTS } from './keywords.ts'
import { publishedSchemas } from './published/read.ts'

const page = readFileSync(new URL('../../docs/json-schema.md', import.meta.url), 'utf8')
const rows = [...page.matchAll(/^\| `(schema\.\w+)` \| (.+?) \|/gm)].map(([, code = '', refused = '']) => ({
  code,
  refused,
}))
const quoted = (text: string) => [...text.matchAll(/`([^`]+)`/g)].map(([, name]) => name ?? '')

describe('the page on JSON Schema', () => {
  it('lists the codes of the gate, and no others', () => {
    const codes = DIAGNOSTIC_CODES.filter((code) => code.startsWith('schema.'))
    expect(rows.map(({ code }) => code).toSorted()).toEqual(codes.toSorted())
  })

  it('lists the formats, and no others', () => {
    const [paragraph = ''] = /\*\*Formats are checked\*\*[^*]+/.exec(page) ?? []
    expect(quoted(paragraph).toSorted()).toEqual([...FORMATS.keys()].toSorted())
  })

  it('names keywords that are refused, with what to write instead', () => {
    const { refused = '' } = rows.find(({ code }) => code === 'schema.keyword') ?? {}
    const names = quoted(refused)
    expect(names).toContain('$dynamicRef')
    for (const name of names) {
      expect(checkSchema({ [name]: true }).map(({ code }) => code)).toEqual(['schema.keyword'])
      expect(HINTS.has(name) || name === 'minlength', name).toBe(true)
    }
  })

  it('counts what was published', () => {
    const all = publishedSchemas()
    const accepted = all.filter(({ verdict }) => verdict === 'accepted')
    expect(page).toContain(`${all.length} schemas that packages ship (${accepted.length} are accepted as they are)`)
  })
})
