import { LoginRequest, RefreshRequest, TokenPair } from '#lib/contracts/auth.ts'
import { logIn, logOut, refresh } from '#server/services/accounts/tokens.ts'
import { endpoint } from '../endpoint.ts'

export const login = endpoint({
  id: 'login',
  method: 'POST',
  path: '/auth/login',
  tag: 'auth',
  summary: 'Log in with e-mail and password',
  description:
    'For people who use the API as themselves; programs use an API key. Wrong credentials are answered alike, whatever is wrong.',
  access: 'public',
  body: LoginRequest,
  status: 200,
  response: TokenPair,
  errors: ['auth.invalid'],
  run: ({ ctx, body }) => logIn({ ctx, input: body }),
})

export const refreshLogin = endpoint({
  id: 'refreshLogin',
  method: 'POST',
  path: '/auth/refresh',
  tag: 'auth',
  summary: 'Trade a refresh token for the next pair',
  description: 'Each refresh token is good once. If one comes a second time, all tokens of that login end.',
  access: 'public',
  body: RefreshRequest,
  status: 200,
  response: TokenPair,
  errors: ['auth.invalid'],
  run: ({ ctx, body }) => refresh({ ctx, input: body }),
})

export const logout = endpoint({
  id: 'logout',
  method: 'POST',
  path: '/auth/logout',
  tag: 'auth',
  summary: 'End a login: its refresh token and its access tokens',
  access: 'public',
  body: RefreshRequest,
  status: 204,
  response: null,
  run: ({ ctx, body }) => logOut({ ctx, input: body }),
})
