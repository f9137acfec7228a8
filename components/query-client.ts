import { QueryClient } from '@tanstack/react-query'

/** One cache per tab, and one per request on the server. What was sent along with the page is not asked for again at once. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        // Whatever the server refuses for a reason stays refused; only lost connections are worth another try. On the
        // server there is no connection to lose, and a page would wait for its tries.
        retry: (count, error) => typeof window !== 'undefined' && count < 3 && !wasAnswered(error),
      },
    },
  })
}

/** Whether the server answered at all: its errors carry data, lost connections none. */
function wasAnswered(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'data' in error && Boolean(error.data)
}
