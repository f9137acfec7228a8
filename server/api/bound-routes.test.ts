import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { endpoints } from './endpoints.ts'

const ROOT = new URL('../../app/api/v1', import.meta.url).pathname
const routeFile = (path: string) => join(ROOT, path.replaceAll('{', '[').replaceAll('}', ']'), 'route.ts')

/** Ids of the operations by the names they are exported and bound under. */
const idOf = new Map<string, string>()
for (const file of globSync('*.ts', { cwd: new URL('routes', import.meta.url).pathname })) {
  if (file.endsWith('.test.ts')) continue
  const exported: Record<string, { readonly id: string }> = await import(`./routes/${file}`)
  for (const [name, { id }] of Object.entries(exported)) idOf.set(name, id)
}

/** Ids of what a route file binds. */
function boundIn(file: string): string[] {
  const names = /apiRoute\(([^)]*)\)/.exec(readFileSync(file, 'utf8'))?.[1]?.split(',') ?? []
  return names
    .map((name) => name.trim())
    .filter((name) => name !== '')
    .map((name) => idOf.get(name) ?? name)
}

/** Not operations of the document: the document itself, and what answers paths that do not exist. */
const OTHERS = ['/openapi.json', '/[...rest]']

describe('the route files', () => {
  it.each(endpoints)('bind $id at $path', ({ id, path }) => {
    expect(existsSync(routeFile(path)), `${routeFile(path)} is missing`).toBe(true)
    expect(boundIn(routeFile(path))).toContain(id)
  })

  it('bind nothing that the document does not describe', () => {
    const described = new Set(endpoints.map(({ path }) => path.replaceAll('{', '[').replaceAll('}', ']')))
    const files = globSync('**/route.ts', { cwd: ROOT }).map((file) => `/${dirname(file)}`)
    expect(files.filter((path) => !described.has(path) && !OTHERS.includes(path))).toEqual([])
    for (const path of described) {
      const ids = endpoints
        .filter((endpoint) => routeFile(endpoint.path) === join(ROOT, path, 'route.ts'))
        .map(({ id }) => id)
      expect(boundIn(join(ROOT, path, 'route.ts')).toSorted()).toEqual(ids.toSorted())
    }
  })
})
