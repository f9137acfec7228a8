export const INBOX_TABS = ['mine', 'all', 'decided'] as const
export type InboxTab = (typeof INBOX_TABS)[number]

const INPUTS = {
  mine: { status: 'pending', scope: 'mine' },
  all: { status: 'pending', scope: 'all' },
  decided: { status: 'decided' },
} as const

/** What a tab asks the API for: the page on the server and the list in the browser must ask alike to share the answer. */
export function inboxInput(tab: InboxTab): (typeof INPUTS)[InboxTab] {
  return INPUTS[tab]
}
