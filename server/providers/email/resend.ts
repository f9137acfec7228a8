import { type ErrorResponse, Resend } from 'resend'
import { checkHeaders, EmailError, type EmailProvider } from './email.ts'

/** Names of errors that are about the mail itself; all others pass with time or with a corrected setting. */
const FINAL: ReadonlySet<ErrorResponse['name']> = new Set([
  'validation_error',
  'missing_required_field',
  'invalid_parameter',
  'invalid_attachment',
  'security_error',
])

/** Names that a corrected setting cures. */
const SETTINGS: ReadonlySet<ErrorResponse['name']> = new Set([
  'missing_api_key',
  'invalid_api_key',
  'restricted_api_key',
  'invalid_from_address',
  'invalid_access',
])

/** Sends through Resend's API. With its idempotency key a repeat after a crash sends nothing twice. */
export function createResend(options: { readonly apiKey: string; readonly baseUrl?: string }): EmailProvider {
  const client = new Resend(options.apiKey, options.baseUrl === undefined ? {} : { baseUrl: options.baseUrl })
  return {
    name: 'resend',
    async send(mail) {
      checkHeaders(mail)
      const { from, to, subject, text, html, messageId, idempotencyKey } = mail
      const { data, error } = await client.emails.send(
        { from, to, subject, text, html, headers: { 'Message-ID': messageId, 'Auto-Submitted': 'auto-generated' } },
        { idempotencyKey },
      )
      // The key was used with another text: this mail went out before, rendered when less had been decided.
      if (error?.name === 'invalid_idempotent_request') return { providerId: null }
      if (error) throw classify(error)
      return { providerId: data.id }
    },
    close() {},
  }
}

function classify(error: ErrorResponse): EmailError {
  const said = `${error.message} (${error.name})`
  if (SETTINGS.has(error.name)) {
    return new EmailError(
      `Resend refused: ${said}. Correct RESEND_API_KEY or MAIL_FROM; the mail is tried again.`,
      true,
    )
  }
  if (FINAL.has(error.name)) return new EmailError(`Resend refused the mail: ${said}.`, false)
  return new EmailError(`Resend could not take the mail: ${said}. It is tried again.`, true)
}
