import { infiniteQueryOptions, type QueryKey } from '@tanstack/react-query'

/**
 * A list of the API, page by page: each answer says where the next begins, null at the end. Not tRPC's own options for
 * such lists, because they send a `direction` along that our inputs refuse as unknown.
 */
export function pagesOf<Page extends { readonly next_cursor: string | null }>(
  queryKey: QueryKey,
  read: (page: { readonly cursor?: string }) => Promise<Page>,
) {
  return infiniteQueryOptions({
    queryKey,
    queryFn: ({ pageParam }) => read(pageParam === null ? {} : { cursor: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  })
}
