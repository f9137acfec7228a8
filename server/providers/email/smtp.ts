import { createTransport } from 'nodemailer'
import { checkHeaders, EmailError, type EmailProvider } from './email.ts'

/** Sends through the server of `SMTP_URL`, e.g. `smtps://user:password@mail.example.com`. */
export function createSmtp(url: string): EmailProvider {
  const transport = createTransport({
    url,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    // Mails hold text from people and models: no part of one may name a file or an address to be fetched.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    name: 'smtp',
    async send(mail) {
      checkHeaders(mail)
      const { messageId, from, to, subject, text, html } = mail
      try {
        const sent = await transport.sendMail({
          messageId,
          from,
          to: { name: '', address: to },
          subject,
          text,
          html,
          // Answers of absence assistants to an automatic mail help nobody (RFC 3834).
          headers: { 'Auto-Submitted': 'auto-generated' },
        })
        return { providerId: sent.messageId }
      } catch (error) {
        throw classify(error)
      }
    },
    close: () => transport.close(),
  }
}

/** The server's own 5xx about this mail is final; a 4xx, a broken connection or refused credentials are not. */
function classify(error: unknown): EmailError {
  const { code, responseCode, message } = facts(error)
  if (code === 'EAUTH') {
    return new EmailError(
      'The mail server refused the credentials. Correct SMTP_URL; the mail is tried again.',
      true,
      error,
    )
  }
  const final = code !== 'ECONNECTION' && responseCode !== null && responseCode >= 500
  if (final) return new EmailError(`The mail server refused the mail: ${message}`, false, error)
  return new EmailError(
    `The mail server could not be used: ${message}. Check SMTP_URL; the mail is tried again.`,
    true,
    error,
  )
}

function facts(error: unknown): { code: string; responseCode: number | null; message: string } {
  if (!(error instanceof Error)) return { code: '', responseCode: null, message: String(error) }
  return {
    code: 'code' in error && typeof error.code === 'string' ? error.code : '',
    responseCode: 'responseCode' in error && typeof error.responseCode === 'number' ? error.responseCode : null,
    message: error.message.replace(/[\r\n]+/g, ' '),
  }
}
