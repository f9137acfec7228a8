/** What Home asks for: the page on the server and the lists in the browser must ask alike to share the answers. */
export const HOME_INPUTS = {
  approvals: { status: 'pending', scope: 'mine', sort: 'due', limit: 5 },
  failed: { status: 'failed', limit: 5 },
  underWay: { status: 'running,queued,waiting', limit: 5 },
  any: { limit: 1 },
} as const
