import type { EmailProvider } from './email.ts'
import { createOutbox } from './outbox.ts'
import { createResend } from './resend.ts'
import { createSmtp } from './smtp.ts'

export interface EmailSettings {
  readonly resendApiKey: string | null
  readonly smtpUrl: string | null
}

/** Resend if there is a key for it, else SMTP if there is a server, else the Outbox page. */
export function createEmail({ resendApiKey, smtpUrl }: EmailSettings): EmailProvider {
  if (resendApiKey) return createResend({ apiKey: resendApiKey })
  return smtpUrl ? createSmtp(smtpUrl) : createOutbox()
}
