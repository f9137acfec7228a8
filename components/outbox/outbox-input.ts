interface OutboxParams {
  readonly to: string | null | undefined
  readonly runId: string | null | undefined
}

/** What the list asks the API for: the page on the server and the list in the browser must ask alike to share the answer. */
export function outboxInput({ to, runId }: OutboxParams) {
  const address = to?.trim() ?? ''
  return { ...(address === '' ? {} : { to: address }), ...(runId ? { run_id: runId } : {}) }
}
