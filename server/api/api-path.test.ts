import { expect, it } from 'vitest'
import { apiPath } from './api-path.ts'

it.each([
  ['/api/v1/executions', '/executions'],
  ['/api/executions', '/executions'],
  ['/v1/executions', '/executions'],
  ['/api/v1/executions/', '/executions'],
  ['/api/v1/auth/login', '/auth/login'],
  ['/api/auth/login', '/auth/login'],
  ['/v1/auth/refresh', '/auth/refresh'],
  ['/api/v1/docs', '/docs'],
  ['/api/authors', '/authors'],
  ['/api/v1', ''],
  ['/v1/', ''],
])('%s is of the API', (pathname, path) => {
  expect(apiPath(pathname)).toBe(path)
})

it.each([
  '/',
  '/api',
  '/api/docs',
  '/api/trpc/runs.list',
  '/api/auth/session',
  '/api/auth/callback/credentials',
  '/api/auth/login/x',
  '/v10/executions',
  '/apis/v1/executions',
  '/runs/api/v1/executions',
])('%s is not', (pathname) => {
  expect(apiPath(pathname)).toBeNull()
})
