import { checkHeaders, type EmailProvider } from './email.ts'

/** Without a mail provider the Outbox page is the channel: the row itself is what people read. */
export function createOutbox(): EmailProvider {
  return {
    name: 'outbox',
    async send(mail) {
      checkHeaders(mail)
      return { providerId: null }
    },
    close() {},
  }
}
