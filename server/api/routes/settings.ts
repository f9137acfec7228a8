import { SecretBody, SecretFacts, SecretList, SecretParams, StaticValues } from '#lib/contracts/settings.ts'
import { getStatics, putStatics } from '#server/services/settings/constants.ts'
import {
  deleteSecret as dropSecret,
  listSecrets as secretNames,
  setSecret as storeSecret,
} from '#server/services/settings/secrets.ts'
import { endpoint } from '../endpoint.ts'

export const getStaticSettings = endpoint({
  id: 'getStaticSettings',
  method: 'GET',
  path: '/settings/static',
  tag: 'settings',
  summary: 'The workspace constants',
  description: 'One object of names and values. A sensitive one stands there as `{value: null, sensitive: true}`.',
  access: 'settings:read',
  status: 200,
  response: StaticValues,
  run: ({ ctx }) => getStatics({ ctx }),
})

export const putStaticSettings = endpoint({
  id: 'putStaticSettings',
  method: 'PUT',
  path: '/settings/static',
  tag: 'settings',
  summary: 'Set workspace constants',
  description:
    'Sets the named constants and keeps all others; null removes one. `{value, sensitive: true}` marks one sensitive: it is masked everywhere and usable only where secrets are. The answer has all constants.',
  access: 'settings:write',
  body: StaticValues,
  status: 200,
  response: StaticValues,
  run: ({ ctx, body }) => putStatics({ ctx, input: body }),
})

export const listSecrets = endpoint({
  id: 'listSecrets',
  method: 'GET',
  path: '/settings/secrets',
  tag: 'settings',
  summary: 'Which secrets are set, without their values',
  access: 'secrets:read',
  status: 200,
  response: SecretList,
  run: ({ ctx }) => secretNames({ ctx }),
})

export const setSecret = endpoint({
  id: 'setSecret',
  method: 'PUT',
  path: '/settings/secrets/{name}',
  tag: 'settings',
  summary: 'Store a secret',
  description: 'Write-only: it is encrypted, and no call answers it.',
  access: 'secrets:write',
  params: SecretParams,
  body: SecretBody,
  status: 200,
  response: SecretFacts,
  run: ({ ctx, params, body }) => storeSecret({ ctx, input: { ...params, ...body } }),
})

export const deleteSecret = endpoint({
  id: 'deleteSecret',
  method: 'DELETE',
  path: '/settings/secrets/{name}',
  tag: 'settings',
  summary: 'Remove a stored secret',
  access: 'secrets:write',
  params: SecretParams,
  status: 204,
  response: null,
  errors: ['secret.not_found'],
  run: ({ ctx, params }) => dropSecret({ ctx, input: params }),
})
