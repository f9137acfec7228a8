import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { readLink } from '#lib/integrity/tokens.ts'
import { isApprovalLink } from '#server/auth/wait-links.ts'
import { gate } from '#server/engine/conformance/kit.ts'
import { createResend } from '#server/providers/email/resend.ts'
import { createSmtp } from '#server/providers/email/smtp.ts'
import { httpSink } from '#server/providers/http/sink.ts'
import { keys, type MailBench, openMailBench, wrapped } from './mail-crash-testing.ts'
import { tokenIn } from './testing.ts'

describe('a mail whose worker', () => {
  let bench: MailBench
  beforeEach(async () => {
    bench = await openMailBench()
  })
  afterEach(async () => {
    vi.restoreAllMocks()
    await bench.close()
    expect(bench.troubles).toEqual([])
  })

  const settled = () => expect.poll(bench.work, { timeout: 20_000 }).toHaveLength(0)

  it('is lost between the answer and its commit goes out again with the same Message-ID, is counted, and both links work', async () => {
    const answered = gate()
    const paused = gate()
    const first = await bench.employ(
      bench.bySmtp({
        afterAnswer: async () => {
          answered.open()
          await paused.opened
        },
      }),
    )
    const { message, wait_id, wait } = await bench.ask()
    first.nudge()
    await answered.opened
    await bench.lose(first)
    await bench.employ(bench.bySmtp())
    await settled()
    expect(await bench.stored()).toMatchObject({ status: 'sent', repeats: 1, sending: null })
    paused.open()
    await first.stop()
    expect(await bench.stored()).toMatchObject({ status: 'sent', repeats: 1, sending: null })
    expect(bench.smtp.received).toHaveLength(2)
    const tokens = bench.smtp.received.map((mail) => {
      expect(mail).toContain(`Message-ID: <${message.id}@scaff.example>`)
      return tokenIn(mail)
    })
    expect(new Set(tokens).size).toBe(1)
    expect(wait.kind === 'approval' && isApprovalLink(keys, tokens[1] ?? '', wait_id, wait)).toBe(true)
    expect(readLink(tokens[1] ?? '')?.generation).toBe(1)
  })

  it('is lost before the mark was not sent: it goes out once, uncounted, and the one that comes back sends nothing', async () => {
    const reached = gate()
    const paused = gate()
    const zombie = await bench.employ(
      bench.bySmtp({
        beforeMark: async () => {
          reached.open()
          await paused.opened
        },
      }),
    )
    await bench.ask()
    zombie.nudge()
    await reached.opened
    await bench.lose(zombie)
    await bench.employ(bench.bySmtp())
    await settled()
    paused.open()
    await zombie.stop()
    expect(bench.smtp.received).toHaveLength(1)
    expect(await bench.stored()).toMatchObject({ status: 'sent', repeats: 0 })
  })

  it('comes back before its successor marks: only the successor sends', async () => {
    const reached = gate()
    const paused = gate()
    const hold = (at: { open(): void }, until: { readonly opened: Promise<void> }) =>
      bench.bySmtp({
        beforeMark: async () => {
          at.open()
          await until.opened
        },
      })
    const zombie = await bench.employ(hold(reached, paused))
    await bench.ask()
    zombie.nudge()
    await reached.opened
    await bench.lose(zombie)
    const taken = gate()
    const go = gate()
    await bench.employ(hold(taken, go))
    await taken.opened
    paused.open()
    await zombie.stop()
    expect(bench.smtp.received).toEqual([])
    go.open()
    await settled()
    expect(bench.smtp.received).toHaveLength(1)
    expect(await bench.stored()).toMatchObject({ status: 'sent', repeats: 0 })
  })

  it('was paused past its lease after the mark: it sends nothing, and the mail goes out', async () => {
    let pause = true
    const { now } = performance
    const worker = await bench.employ(
      bench.bySmtp({
        beforeMark: async () => {
          if (pause) vi.spyOn(performance, 'now').mockImplementation(() => now.call(performance) + 60_000)
          pause = false
        },
      }),
    )
    await bench.ask()
    worker.nudge()
    await settled()
    expect(bench.smtp.received).toHaveLength(1)
    // Of two marks one led to nothing. Erring is to one side.
    expect(await bench.stored()).toMatchObject({ status: 'sent', repeats: 1 })
  })

  it('is lost after an API answered is sent the same idempotency key, unmarked and uncounted', async () => {
    const sink = await httpSink(() => ({ body: { id: 'id-1' } }))
    const resend = () => createResend({ apiKey: 're_x', baseUrl: sink.url })
    const answered = gate()
    const first = await bench.employ(
      wrapped(resend(), {
        afterAnswer: async () => {
          answered.open()
          await new Promise(() => {})
        },
      }),
    )
    const { message } = await bench.ask()
    first.nudge()
    await answered.opened
    expect(await bench.stored()).toMatchObject({ status: 'queued', sending: null })
    await bench.lose(first)
    await bench.employ(resend())
    await settled()
    expect(sink.seen.map(({ headers }) => headers['idempotency-key'])).toEqual([message.id, message.id])
    expect(sink.seen[1]?.body).toBe(sink.seen[0]?.body)
    expect(await bench.stored()).toMatchObject({ status: 'sent', repeats: 0 })
    await sink.close()
  })

  it.each([
    ['nothing is said to the whole mail', 'silence', 1],
    ['it is refused for now', 451, 0],
  ] as const)(
    'lives on when %s: the next try counts as a repeat only where the first may have arrived',
    async (_what, says, repeats) => {
      bench.smtp.say = says
      const worker = await bench.employ(bench.bySmtp())
      await bench.ask()
      worker.nudge()
      await expect.poll(bench.work, { timeout: 20_000 }).toEqual([{ tries: 1 }])
      expect(await bench.stored()).toMatchObject({ status: 'queued', repeats: 0 })
      bench.smtp.say = 250
      bench.later = 60_000
      worker.nudge()
      await settled()
      expect(await bench.stored()).toMatchObject({ status: 'sent', repeats })
    },
  )

  it('lives on when the mail is refused for good: that is shown at once, and it is not tried again', async () => {
    bench.smtp.say = 554
    const worker = await bench.employ(bench.bySmtp())
    await bench.ask()
    worker.nudge()
    await settled()
    expect(await bench.stored()).toMatchObject({
      status: 'failed',
      error: expect.stringContaining('The mail server refused the mail'),
      sending: null,
      repeats: 0,
    })
  })

  it('is lost and hears of a refusal only then says nothing of a mail that somebody else sends', async () => {
    bench.smtp.say = 554
    const refused = gate()
    const paused = gate()
    const email = createSmtp(bench.smtp.url)
    const first = await bench.employ({
      ...email,
      send: (mail, sent) =>
        email.send(mail, sent).catch(async (error) => {
          refused.open()
          await paused.opened
          throw error
        }),
    })
    await bench.ask()
    first.nudge()
    await refused.opened
    await bench.lose(first)
    const taken = gate()
    const go = gate()
    bench.smtp.say = 250
    const second = await bench.employ(
      bench.bySmtp({
        beforeMark: async () => {
          taken.open()
          await go.opened
        },
      }),
    )
    await taken.opened
    paused.open()
    await first.stop()
    expect((await bench.stored()).status).toBe('queued')
    go.open()
    await settled()
    await second.stop()
    expect((await bench.stored()).status).toBe('sent')
  })
})
