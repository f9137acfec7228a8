import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROLE_PERMISSIONS, ROLES } from '#lib/permissions.ts'
import { stepCatalog } from '#lib/steps/definitions.ts'
import { validateWorkflow } from '#lib/workflow/validate.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const FOLDERS = [
  'app',
  'components',
  'lib',
  'server',
  'drizzle',
  'docs',
  'stories',
  'e2e',
  'public',
  '.ci',
  '.storybook',
]
const PAGES = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...globSync('docs/*.md', { cwd: ROOT })].map((name) => ({
  name,
  text: readFileSync(join(ROOT, name), 'utf8'),
}))

/** A path that begins with a folder of ours, wherever it stands; `<type>` and `*` stand for any name. */
const PATH = new RegExp(
  `(?<![\\w./@-])(?:${FOLDERS.map((f) => f.replace('.', '\\.')).join('|')})/[\\w.()<>*/[\\]-]*`,
  'g',
)
/** A file's name on its own, as code: `transition.ts`. */
const FILE = /`([\w.-]+\.(?:tsx?|mjs|json|md|ya?ml))`/g
const LINK = /\[([^\]]*)\]\(([^)\s]+)\)/g
const sources = globSync(
  FOLDERS.map((folder) => `${folder}/**`),
  { cwd: ROOT },
)
const names = new Set([...sources, ...globSync('{*,.*}', { cwd: ROOT })].map((path) => basename(path)))

function exists(cited: string): boolean {
  const path = cited.replace(/[.,:;]+$/, '').replace(/\/$/, '')
  const pattern = path.replaceAll(/<[^>]*>/g, '*')
  return [pattern, `${pattern}.ts`].some((candidate) =>
    candidate.includes('*')
      ? globSync(candidate.replaceAll(/[[\]()]/g, '?'), { cwd: ROOT }).length > 0
      : existsSync(join(ROOT, candidate)),
  )
}

/** GitHub's name of a heading. */
function slug(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-')
}

function headings(text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => slug(heading)))
}

/** Why a relative link leads nowhere; null when it does not. */
function brokenLink(page: string, link: string): string | null {
  const [path = '', anchor] = link.split('#')
  const target = path === '' ? join(ROOT, page) : join(ROOT, dirname(page), path)
  if (!existsSync(target)) return `${link}: there is no such file`
  if (anchor === undefined || headings(readFileSync(target, 'utf8')).has(anchor)) return null
  return `${link}: there is no such heading`
}

describe.each(PAGES)('$name', ({ name, text }) => {
  it('cites only paths that exist', () => {
    const shown = text.replaceAll(LINK, '$1')
    const cited = [...shown.matchAll(PATH)].map(([path]) => path)
    const files = [...shown.matchAll(FILE)].map(([, file = '']) => file)
    // A workflow that a reader is told to write is no file of ours.
    const own = files.filter((file) => file !== 'order.yaml')
    expect(cited.filter((path) => !exists(path))).toEqual([])
    expect(own.filter((file) => !names.has(file))).toEqual([])
  })

  it('links only to files and headings that exist', () => {
    const links = [...text.matchAll(LINK)].map(([, , link = '']) => link)
    const relative = links.filter((link) => !/^[a-z]+:/.test(link))
    expect(relative.flatMap((link) => brokenLink(name, link) ?? [])).toEqual([])
  })

  it('shows only workflows that can be saved without a warning', () => {
    const blocks = [...text.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, block = '']) => block)
    const workflows = blocks.filter((block) => /^steps:/m.test(block))
    expect(workflows.flatMap((block) => validateWorkflow(block, stepCatalog).diagnostics)).toEqual([])
  })
})

it('there are pages, paths, links and workflows to look at', () => {
  const all = PAGES.map(({ text }) => text).join('\n')
  expect([...all.matchAll(PATH)].length).toBeGreaterThan(50)
  expect([...all.matchAll(/^```yaml\n/gm)].length).toBeGreaterThan(2)
  expect([...all.matchAll(/\]\([\w.-]+\.md/g)].length).toBeGreaterThan(10)
})

it('the table of suites names those of npm test', () => {
  const page = PAGES.find(({ name }) => name === 'docs/testing.md')?.text ?? ''
  const script = readFileSync(join(ROOT, 'server', 'boot', 'test.mjs'), 'utf8')
  const [, table = ''] = page.split('\n| suite |')
  const rows = [...(table.split('\n\n')[0] ?? '').matchAll(/^\| `([^`]+)` \|/gm)].map(([, suite]) => suite)
  expect(rows).toEqual([...script.matchAll(/^ {2,4}(?:\{ )?name: '([^']+)'/gm)].map(([, suite]) => suite))
})

it('the table of roles says of each what it adds to the one before', () => {
  const page = PAGES.find(({ name }) => name === 'docs/security.md')?.text ?? ''
  const [, section = ''] = page.split('\n## Roles\n')
  const rows = [...section.matchAll(/^\| `(\w+)` \| (`.+`) \|$/gm)].map(([, role, rights = '']) => [
    role,
    rights.replaceAll('`', '').split(' '),
  ])
  const ascending = [...ROLES].reverse()
  const expected = ascending.map((role, i) => {
    const below = ROLE_PERMISSIONS[ascending[i - 1] ?? role]
    return [role, [...ROLE_PERMISSIONS[role]].filter((right) => i === 0 || !below.has(right))]
  })
  expect(rows).toEqual(expected)
})
