import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ERRORS } from '#lib/errors.ts'
import { endpoints } from './endpoints.ts'

const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'api.md'), 'utf8')

/** The rows of the table under a heading. */
function rows(heading: string): string[] {
  const [, section = ''] = page.split(`\n## ${heading}\n`)
  const [own = ''] = section.split('\n## ')
  return own.split('\n').filter((line) => line.startsWith('| `'))
}

it('docs/api.md lists every call with what it needs', () => {
  const expected = endpoints.map(({ method, path, summary, access }) => {
    const needs = [access].flat().map((permission) => `\`${permission}\``)
    return `| \`${method} ${path}\` | ${summary} | ${needs.join(' or ')} |`
  })
  expect(rows('Calls').sort()).toEqual(expected.sort())
})

it('docs/api.md lists every error with its status and title', () => {
  const expected = Object.entries(ERRORS).map(([code, { http, title }]) => `| \`${code}\` | ${http} | ${title} |`)
  expect(rows('Errors')).toEqual(expected)
})
