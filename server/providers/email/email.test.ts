import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { httpSink, type SinkAnswer } from '#server/providers/http/sink.ts'
import { createEmail } from './create-email.ts'
import { EmailError, type Mail, UnansweredMail } from './email.ts'
import { createOutbox } from './outbox.ts'
import { createResend } from './resend.ts'
import { createSmtp } from './smtp.ts'

const mail: Mail = {
  messageId: '<msg_1@scaff.example>',
  from: 'Scaff <scaff@example.com>',
  to: 'editor@company.com',
  subject: 'Approval Required - Prüfung',
  text: 'Hello',
  html: '<p>Hello</p>',
  idempotencyKey: 'msg_1',
}

const sent = vi.fn(async () => {})

const closing: (() => unknown)[] = []
afterEach(async () => {
  sent.mockClear()
  for (const close of closing.splice(0)) await close()
})

async function smtpServer(options: SMTPServerOptions = {}) {
  const received: string[] = []
  const asked: string[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo({ address }, _session, done) {
      asked.push(address)
      done()
    },
    onData(stream, _session, done) {
      text(stream).then((raw) => {
        received.push(raw)
        done()
      }, done)
    },
    ...options,
  })
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const address = server.server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  closing.push(() => new Promise<void>((resolve) => server.close(resolve)))
  return { received, asked, server, url: `smtp://127.0.0.1:${port}`, port }
}

function hangUp({ connections }: SMTPServer): void {
  for (const connection of connections) connection.close()
}

async function failure(sending: Promise<unknown>): Promise<EmailError> {
  const error = await sending.then(
    () => new Error('was sent'),
    (reason: unknown) => reason,
  )
  if (!(error instanceof EmailError)) throw error
  return error
}

function smtpError(message: string, responseCode: number): Error {
  return Object.assign(new Error(message), { responseCode })
}

describe('by SMTP', () => {
  it('a mail carries its own Message-ID, both texts and its subject', async () => {
    const { received, url } = await smtpServer()
    const smtp = createSmtp(url)
    expect(await smtp.send(mail, sent)).toEqual({ providerId: '<msg_1@scaff.example>' })
    expect(received).toHaveLength(1)
    expect(received[0]).toContain('Message-ID: <msg_1@scaff.example>')
    expect(received[0]).toContain('From: Scaff <scaff@example.com>')
    expect(received[0]).toContain('To: editor@company.com')
    expect(received[0]).toContain('Subject: =?UTF-8?Q?Approval_Required_-_Pr=C3=BCfung?=')
    expect(received[0]).toContain('text/plain')
    expect(received[0]).toContain('<p>Hello</p>')
    smtp.close()
  })

  it.each([
    ['an unknown mailbox', 550, false],
    ['a full queue', 451, true],
    ['greylisting', 450, true],
  ])('%s (%i) is told apart', async (_what, code, retryable) => {
    const { url } = await smtpServer({ onRcptTo: (_to, _session, done) => done(smtpError('no', code)) })
    expect((await failure(createSmtp(url).send(mail, sent))).retryable).toBe(retryable)
  })

  it('nothing of a mail is written before it is kept that it goes out, and that is kept once the server asks for it', async () => {
    let bytes = 0
    const { url, asked } = await smtpServer({
      onData(stream, _session, done) {
        stream.on('data', (chunk: Buffer) => {
          bytes += chunk.length
        })
        stream.on('end', () => done())
      },
    })
    const kept = Promise.withResolvers<void>()
    const sending = createSmtp(url).send(mail, () => {
      expect(asked).toEqual(['editor@company.com'])
      return kept.promise
    })
    await expect.poll(() => asked, { timeout: 10_000 }).toHaveLength(1)
    // Time in which it would be written.
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(bytes).toBe(0)
    kept.resolve()
    await sending
    expect(bytes).toBeGreaterThan(0)
  })

  it('a mail that is not to go out stays here, and its connection with it', async () => {
    const { received, url, asked } = await smtpServer()
    const reason = new Error('somebody else has it')
    await expect(createSmtp(url).send(mail, () => Promise.reject(reason))).rejects.toBe(reason)
    expect(asked).toHaveLength(1)
    expect(received).toEqual([])
  })

  it('what is refused before its text is asked for was not about to go out', async () => {
    const { url } = await smtpServer({ onRcptTo: (_to, _session, done) => done(smtpError('no', 550)) })
    await failure(createSmtp(url).send(mail, sent))
    await failure(createSmtp('smtp://127.0.0.1:1').send(mail, sent))
    expect(sent).not.toHaveBeenCalled()
  })

  it('silence after the whole mail leaves open whether it arrived; before its end, or after a refusal, it did not', async () => {
    const { url, server } = await smtpServer({
      onData(stream) {
        stream.resume()
        stream.on('end', () => hangUp(server))
      },
    })
    const unanswered = await failure(createSmtp(url).send(mail, sent))
    expect(unanswered).toBeInstanceOf(UnansweredMail)
    expect(unanswered).toMatchObject({ retryable: true })
    const cut = await failure(
      createSmtp(url).send(mail, async () => {
        hangUp(server)
        await new Promise((resolve) => setTimeout(resolve, 50))
      }),
    )
    expect(cut).toMatchObject({ retryable: true })
    expect(cut).not.toBeInstanceOf(UnansweredMail)
    const refusing = await smtpServer({
      onData(stream, _session, done) {
        stream.resume()
        stream.on('end', () => done(smtpError('later', 451)))
      },
    })
    expect(await failure(createSmtp(refusing.url).send(mail, sent))).not.toBeInstanceOf(UnansweredMail)
  })

  it('a body that is refused for good is not tried again, one refused for now is', async () => {
    for (const [code, retryable] of [
      [554, false],
      [452, true],
    ] as const) {
      const { url } = await smtpServer({
        onData(stream, _session, done) {
          stream.resume()
          stream.on('end', () => done(smtpError('content', code)))
        },
      })
      expect((await failure(createSmtp(url).send(mail, sent))).retryable).toBe(retryable)
    }
  })

  it('no server and wrong credentials are tried again, and name the setting', async () => {
    const gone = await failure(createSmtp('smtp://127.0.0.1:1').send(mail, sent))
    expect(gone).toMatchObject({ retryable: true })
    const { port } = await smtpServer({
      authOptional: false,
      onAuth: (_auth, _session, done) => done(smtpError('no', 535)),
    })
    const wrong = await failure(createSmtp(`smtp://user:wrong@127.0.0.1:${port}`).send(mail, sent))
    expect(wrong).toMatchObject({ retryable: true })
    for (const { message } of [gone, wrong]) {
      expect(message).toContain('SMTP_URL')
      expect(message).not.toContain('wrong')
    }
  })
})

describe('by Resend', () => {
  async function resend(answer: SinkAnswer) {
    const sink = await httpSink(() => answer)
    closing.push(() => sink.close())
    return { sink, provider: createResend({ apiKey: 're_canary', baseUrl: sink.url }) }
  }

  it('a mail goes out with key, idempotency key and Message-ID', async () => {
    const { sink, provider } = await resend({ body: { id: 'id-1' } })
    expect(await provider.send(mail, sent)).toEqual({ providerId: 'id-1' })
    const [request] = sink.seen
    expect(request).toMatchObject({
      method: 'POST',
      url: '/emails',
      headers: { authorization: 'Bearer re_canary', 'idempotency-key': 'msg_1' },
    })
    expect(JSON.parse(request?.body ?? '')).toMatchObject({
      from: mail.from,
      to: mail.to,
      subject: mail.subject,
      text: mail.text,
      html: mail.html,
      headers: { 'Message-ID': mail.messageId },
    })
  })

  it.each([
    ['validation_error', 422, false],
    ['rate_limit_exceeded', 429, true],
    ['daily_quota_exceeded', 429, true],
    ['invalid_api_key', 403, true],
    ['concurrent_idempotent_requests', 409, true],
    ['internal_server_error', 500, true],
  ])('%s (%i) is told apart', async (name, statusCode, retryable) => {
    const { provider } = await resend({ status: statusCode, body: { name, statusCode, message: 'no' } })
    const error = await failure(provider.send(mail, sent))
    expect(error.retryable).toBe(retryable)
    expect(error.message).not.toContain('re_canary')
  })

  it('a key that was used with another text means that the mail went out', async () => {
    const { provider } = await resend({
      status: 409,
      body: { name: 'invalid_idempotent_request', statusCode: 409, message: 'other body' },
    })
    expect(await provider.send(mail, sent)).toEqual({ providerId: null })
  })

  it('a dead connection is tried again', async () => {
    const { sink, provider } = await resend({})
    await sink.close()
    expect((await failure(provider.send(mail, sent))).retryable).toBe(true)
  })
})

describe('whatever the provider', () => {
  const providers = () => [
    createOutbox(),
    createSmtp('smtp://127.0.0.1:1'),
    createResend({ apiKey: 're_x', baseUrl: 'http://127.0.0.1:1' }),
  ]

  it.each([
    [{ subject: 'a\r\nBcc: attacker@example.org' }],
    [{ from: 'a\r\nBcc: attacker@example.org <scaff@example.com>' }],
    [{ to: 'editor@company.com\r\nBcc: attacker@example.org' }],
    [{ to: 'editor@company.com, attacker@example.org' }],
    [{ to: 'Editor <editor@company.com>' }],
    [{ to: 'nobody' }],
    [{ messageId: '<a@b>\nX-Injected: 1' }],
  ])('%j is refused before anything is sent, for good', async (change) => {
    for (const provider of providers()) {
      expect((await failure(provider.send({ ...mail, ...change }, sent))).retryable).toBe(false)
    }
  })

  it.each(['resend', 'outbox'])('%s takes no mail twice, so nothing is kept beforehand', async (name) => {
    const sink = await httpSink(() => ({ body: { id: 'id-1' } }))
    closing.push(() => sink.close())
    const provider = name === 'resend' ? createResend({ apiKey: 're_x', baseUrl: sink.url }) : createOutbox()
    await provider.send(mail, sent)
    expect(sent).not.toHaveBeenCalled()
  })

  it('settings choose: Resend, else SMTP, else the Outbox page', async () => {
    expect(createEmail({ resendApiKey: 're_x', smtpUrl: 'smtp://127.0.0.1' }).name).toBe('resend')
    expect(createEmail({ resendApiKey: null, smtpUrl: 'smtp://127.0.0.1' }).name).toBe('smtp')
    const outbox = createEmail({ resendApiKey: null, smtpUrl: null })
    expect(outbox.name).toBe('outbox')
    expect(await outbox.send(mail, sent)).toEqual({ providerId: null })
  })
})
