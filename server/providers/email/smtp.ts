import { createTransport } from 'nodemailer'
import { checkHeaders, EmailError, type EmailProvider, UnansweredMail } from './email.ts'
import { handOver } from './hand-over.ts'

/** Sends through the server of `SMTP_URL`, e.g. `smtps://user:password@mail.example.com`; each mail by its own connection. */
export function createSmtp(url: string): EmailProvider {
  const options = {
    url,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    // Mails hold text from people and models: no part of one may name a file or an address to be fetched.
    disableFileAccess: true,
    disableUrlAccess: true,
  }
  return {
    name: 'smtp',
    async send(mail, sent) {
      checkHeaders(mail)
      const handing = handOver(sent)
      const transport = createTransport(options)
      // What the process functions put out is read once the server has answered DATA, and not before.
      transport.use('stream', (compiled, done) => {
        compiled.message.processFunc(handing.pass)
        done()
      })
      const { messageId, from, to, subject, text, html } = mail
      try {
        const { messageId: providerId } = await transport.sendMail({
          messageId,
          from,
          to: { name: '', address: to },
          subject,
          text,
          html,
          // Answers of absence assistants to an automatic mail help nobody (RFC 3834).
          headers: { 'Auto-Submitted': 'auto-generated' },
        })
        return { providerId }
      } catch (error) {
        const withheld = handing.withheld()
        if (withheld) throw withheld.reason
        throw classify(error, handing.whole())
      } finally {
        handing.end()
        transport.close()
      }
    },
    close() {},
  }
}

/**
 * The server's own 5xx about this mail is final; a 4xx, a broken connection or refused credentials are not. Silence after
 * the `whole` mail leaves open what became of it.
 */
function classify(error: unknown, whole: boolean): EmailError {
  const { code, responseCode, message } = facts(error)
  if (whole && responseCode === null) {
    return new UnansweredMail(
      `The mail server had the whole mail and gave no answer: ${message}. It may have arrived; it is sent again with the same Message-ID.`,
      error,
    )
  }
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
