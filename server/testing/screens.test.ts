import { globSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { NOT_SHOWN, screensOf } from '../../e2e/screens.ts'

/** The address of each page as its folder says it: groups in brackets are no part of it. */
const routes = globSync('**/page.tsx', { cwd: new URL('../../app', import.meta.url).pathname }).map((file) =>
  `/${file.replace(/\/?page\.tsx$/, '').replaceAll(/\([^)]*\)\/?/g, '')}`.replace(/(?<=.)\/$/, ''),
)

/** The page that answers an address: where several could, the one that spells out most of it. */
function routeOf(path: string): string | undefined {
  const [pathname = ''] = path.split('?')
  return routes
    .filter((route) => new RegExp(`^${route.replaceAll(/\[[^\]]+\]/g, '[^/]+')}$`).test(pathname))
    .sort((a, b) => a.split('[').length - b.split('[').length)[0]
}

const screens = screensOf({
  app: { url: 'https://scaff.example' },
  workflow: 'wf_1',
  runs: { form: 'run_1', approval: 'run_2', completed: 'run_3', failed: 'run_4', canceled: 'run_5' },
  approval: 'wait_1',
  form: 'wait_2',
  formLink: 'https://scaff.example/f/token',
  approvalLink: 'https://scaff.example/a/token',
})

describe('the screens whose accessibility and weight are measured', () => {
  it('are of every page, but for those with a reason', () => {
    const shown = new Set(screens.map(({ path }) => routeOf(path)))
    expect(routes.filter((route) => !shown.has(route)).sort()).toEqual(Object.keys(NOT_SHOWN).sort())
  })

  it.each(screens)('have a page for $name', ({ path }) => {
    expect(routeOf(path)).toBeDefined()
  })
})
