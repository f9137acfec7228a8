import { describe, expect, it } from 'vitest'
import { endpoints } from './endpoints.ts'
import { createRouter } from './router.ts'

const find = createRouter(endpoints)

describe('the router', () => {
  it.each(endpoints)('finds $id at $path', (endpoint) => {
    const place = find(endpoint.path.replace(/\{\w+\}/g, 'x1'))
    expect(place?.endpoints).toContain(endpoint)
    const names = [...endpoint.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
    expect(Object.keys(place?.params ?? {})).toEqual(names)
  })

  it('takes a name before a parameter', () => {
    expect(find('/executions/events')?.params).toEqual({})
    expect(find('/executions/events2')?.params).toEqual({ id: 'events2' })
  })

  it('reads parameters as they were meant', () => {
    expect(find('/settings/secrets/A%2FB%20%C3%A4')?.params).toEqual({ name: 'A/B ä' })
  })

  it.each([
    '',
    '/',
    '/nothing',
    '/executions/',
    '/executions//history',
    '/executions/a/b/c',
    '/executions/%',
    '/executions/%ff',
    '/Executions',
  ])('finds nothing at “%s”', (path) => {
    expect(find(path)).toBeNull()
  })
})
