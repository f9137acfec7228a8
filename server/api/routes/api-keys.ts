import { ApiKeyList, ApiKeyParams, CreateApiKey, CreatedApiKey } from '#lib/contracts/api-keys.ts'
import { createApiKey as create } from '#server/services/api-keys/create.ts'
import { listApiKeys as list } from '#server/services/api-keys/list.ts'
import { revokeApiKey as revoke } from '#server/services/api-keys/revoke.ts'
import { endpoint } from '../endpoint.ts'

export const listApiKeys = endpoint({
  id: 'listApiKeys',
  method: 'GET',
  path: '/api-keys',
  tag: 'api-keys',
  summary: 'The API keys that are in use',
  access: 'api_key:manage',
  status: 200,
  response: ApiKeyList,
  run: ({ ctx }) => list({ ctx }),
})

export const createApiKey = endpoint({
  id: 'createApiKey',
  method: 'POST',
  path: '/api-keys',
  tag: 'api-keys',
  summary: 'Make an API key',
  description: 'The answer holds the key, this once. It may at most what its maker may.',
  access: 'api_key:manage',
  body: CreateApiKey,
  status: 201,
  response: CreatedApiKey,
  run: ({ ctx, body }) => create({ ctx, input: body }),
})

export const revokeApiKey = endpoint({
  id: 'revokeApiKey',
  method: 'DELETE',
  path: '/api-keys/{id}',
  tag: 'api-keys',
  summary: 'Revoke an API key',
  access: 'api_key:manage',
  params: ApiKeyParams,
  status: 204,
  response: null,
  errors: ['api_key.not_found'],
  run: ({ ctx, params }) => revoke({ ctx, input: params }),
})
