'use client'
import { QueryClientProvider } from '@tanstack/react-query'
import { createTRPCClient, httpBatchLink, splitLink, TRPCClientError } from '@trpc/client'
import { createTRPCContext } from '@trpc/tanstack-react-query'
import { type ReactNode, useState } from 'react'
import type { AppRouter } from '#server/api/root.ts'
import { makeQueryClient } from './query-client.ts'

const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>()

export { useTRPC, useTRPCClient }

/** For what somebody watches change: a batch answers as late as the slowest call in it. */
export const ALONE = { context: { alone: true } } as const

export function DataProvider({ children }: { readonly children: ReactNode }) {
  const [queryClient] = useState(makeQueryClient)
  const [client] = useState(() =>
    createTRPCClient<AppRouter>({
      links: [
        splitLink({
          condition: ({ context }) => context.alone === true,
          true: httpBatchLink({ url: '/api/trpc', maxItems: 1 }),
          false: httpBatchLink({ url: '/api/trpc', maxURLLength: 4_000 }),
        }),
      ],
    }),
  )
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={client} queryClient={queryClient}>
        {children}
      </TRPCProvider>
    </QueryClientProvider>
  )
}

/** What to tell a person: the sentence of our own errors, and plain words where the server was not reached at all. */
export function errorSentence(error: unknown): string | null {
  if (error === null || error === undefined) return null
  if (error instanceof TRPCClientError && error.data) return error.message
  return 'Scaff cannot be reached. Check the connection and try again.'
}

/** The code of our table of errors, where the server answered one. */
export function errorCode(error: unknown): string | null {
  const code: unknown = problemOf(error)?.code
  return typeof code === 'string' ? code : null
}

/** The problem document that REST would have answered. */
export function problemOf(error: unknown): { readonly [member: string]: unknown } | null {
  if (!(error instanceof TRPCClientError)) return null
  const problem: unknown = error.data?.problem
  return typeof problem === 'object' && problem !== null ? { ...problem } : null
}
