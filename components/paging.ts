/** How lists of the API go on: each page says where the next begins, null at the end. */
export const paging = {
  getNextPageParam: (page: { readonly next_cursor: string | null }) => page.next_cursor ?? undefined,
}
