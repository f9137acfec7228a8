import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { messages, users } from '#drizzle/schema/index.ts'
import { readLink } from '#lib/integrity/tokens.ts'
import { createKeyring } from '#server/auth/keyring.ts'
import { isApprovalLink, isFormLink } from '#server/auth/wait-links.ts'
import { EmailError, type EmailProvider, type Mail, UnansweredMail } from '#server/providers/email/email.ts'
import { createOutbox } from '#server/providers/email/outbox.ts'
import { type TestDatabase, testDatabase } from '#server/testing/database.ts'
import { type DeliverParts, deliver } from './deliver.ts'
import { renderMessage } from './render-message.ts'
import { AT, askAccount, askApproval, askForm } from './testing.ts'

let test: TestDatabase
let parts: DeliverParts
let mails: Mail[]
const keys = createKeyring('0123456789abcdefghijklmnopqrstuvwxyzABCDEFG')

const sent = async () => {}
const fake = (send: (mail: Mail) => Promise<void> = async () => {}): EmailProvider => ({
  name: 'smtp',
  async send(mail) {
    await send(mail)
    mails.push(mail)
    return { providerId: null }
  },
  close() {},
})

beforeAll(async () => {
  test = await testDatabase()
})
afterAll(() => test.drop())
beforeEach(() => {
  mails = []
  parts = {
    database: test.database,
    email: fake(),
    clock: { now: () => new Date(AT.getTime() + 60_000) },
    keys,
    appUrl: 'https://scaff.example',
    mailFrom: null,
  }
})

async function stored(id: string) {
  const [row] = await test.database.db.select().from(messages).where(eq(messages.id, id))
  if (!row) throw new Error('no such message')
  return row
}

describe('a mail that is due', () => {
  it('goes out once, with stable ids, and is marked', async () => {
    const { message } = await askApproval(test.database.db)
    expect(await deliver(parts, message.id, sent)).toEqual({ ok: true })
    expect(await deliver(parts, message.id, sent)).toEqual({ ok: true })
    expect(mails).toHaveLength(1)
    expect(mails[0]).toMatchObject({
      messageId: `<${message.id}@scaff.example>`,
      idempotencyKey: message.id,
      from: 'Scaff <scaff@scaff.example>',
      to: 'editor@company.com',
      subject: 'Approval Required - Review outline',
    })
    expect(await stored(message.id)).toMatchObject({ status: 'sent', channel: 'smtp', error: null })
    expect((await stored(message.id)).sentAt).toEqual(new Date(AT.getTime() + 60_000))
  })

  it('is marked also where the connection breaks just after it went out', async () => {
    const { message } = await askApproval(test.database.db)
    const { db } = test.database
    const update = vi.spyOn(db, 'update').mockImplementationOnce(() => {
      throw Object.assign(new Error('the connection was closed'), { code: 'CONNECTION_CLOSED' })
    })
    expect(await deliver(parts, message.id, sent)).toEqual({ ok: true })
    expect(update).toHaveBeenCalledTimes(2)
    update.mockRestore()
    expect(mails).toHaveLength(1)
    expect(await stored(message.id)).toMatchObject({ status: 'sent' })
  })

  it('is the same in every try, so that a provider recognises a repeat', async () => {
    const { message } = await askApproval(test.database.db, { wait: { expires_at: '2026-03-02T09:30:00.000Z' } })
    const once = await renderMessage({ ...parts, db: test.database.db }, message.id)
    expect(await renderMessage({ ...parts, db: test.database.db }, message.id)).toEqual(once)
  })

  it('stays in the Outbox where there is no provider', async () => {
    const { message } = await askApproval(test.database.db)
    expect(await deliver({ ...parts, email: createOutbox() }, message.id, sent)).toEqual({ ok: true })
    expect(await stored(message.id)).toMatchObject({ status: 'sent', channel: 'outbox' })
  })

  it('that fails stays queued and says whether another try helps', async () => {
    const { message } = await askApproval(test.database.db)
    for (const retry of [true, false]) {
      const email = fake(() => Promise.reject(new EmailError('no', retry)))
      expect(await deliver({ ...parts, email }, message.id, sent)).toEqual({
        ok: false,
        retry,
        unanswered: false,
        error: 'no',
      })
    }
    expect(await stored(message.id)).toMatchObject({ status: 'queued', channel: null })
  })

  it('of which nobody knows whether it arrived says so', async () => {
    const { message } = await askApproval(test.database.db, { message: { sending: 3 } })
    const email = fake(() => Promise.reject(new UnansweredMail('silence', null)))
    expect(await deliver({ ...parts, email }, message.id, sent)).toMatchObject({ retry: true, unanswered: true })
    expect((await stored(message.id)).sending).toBe(3)
    await deliver(parts, message.id, sent)
    expect(await stored(message.id)).toMatchObject({ status: 'sent', sending: null })
  })

  it('that is not to go out says nothing of itself', async () => {
    const { message } = await askApproval(test.database.db)
    const reason = new Error('somebody else has it')
    await expect(deliver({ ...parts, email: fake(() => Promise.reject(reason)) }, message.id, sent)).rejects.toBe(
      reason,
    )
    expect(await stored(message.id)).toMatchObject({ status: 'queued', error: null })
  })

  it('whose rows are gone, or whose address is none, is given up', async () => {
    expect(await deliver(parts, 'msg_none', sent)).toMatchObject({ ok: false, retry: false })
    const orphan = await askApproval(test.database.db, { message: { waitId: 'wait_gone' } })
    expect(await deliver(parts, orphan.message.id, sent)).toMatchObject({ ok: false, retry: false })
    const list = await askApproval(test.database.db, { message: { to: 'a@b.de, c@d.de' } })
    expect(await deliver({ ...parts, email: createOutbox() }, list.message.id, sent)).toMatchObject({
      ok: false,
      retry: false,
    })
  })
})

describe('a mail that nobody needs any more', () => {
  const two = [
    { id: 'a1', email: 'editor@company.com', user_id: null },
    { id: 'a2', email: 'boss@company.com', user_id: null },
  ]
  const decision = {
    approver: 'a1',
    decision: 'approve' as const,
    comment: '',
    by: { via: 'link' as const, id: 'a1', label: 'editor@company.com' },
    at: AT.toISOString(),
  }

  it.each([
    ['the request was decided', { outcome: 'approved' }],
    ['it went to other people', { wait: { generation: 2 } }],
    ['this approver decided', { wait: { policy: 'all' as const, approvers: two, decisions: [decision] } }],
    ['it is not their turn', { wait: { policy: 'sequential' as const, approvers: [...two].reverse() } }],
  ])('because %s is skipped and says so', async (_why, more) => {
    const { message } = await askApproval(test.database.db, more)
    expect(await deliver(parts, message.id, sent)).toEqual({ ok: true })
    expect(mails).toEqual([])
    const row = await stored(message.id)
    expect(row).toMatchObject({ status: 'skipped', channel: null, sentAt: null })
    expect(row.error).toBeTruthy()
  })

  it.each([{ sending: 1 }, { repeats: 1 }])('says that it may have arrived where %j', async (before) => {
    const { message } = await askApproval(test.database.db, { outcome: 'approved', message: before })
    await deliver(parts, message.id, sent)
    expect((await stored(message.id)).error).toBe(
      'The request was closed before the mail went out. A try that was interrupted may have arrived all the same.',
    )
  })

  it('because its link was used or expired is skipped', async () => {
    const used = await askAccount(test.database.db, { kind: 'reset', usedAt: AT })
    const late = await askAccount(test.database.db, { kind: 'invite', expiresAt: AT })
    for (const { message } of [used, late]) {
      expect(await deliver(parts, message.id, sent)).toEqual({ ok: true })
      expect((await stored(message.id)).status).toBe('skipped')
    }
    expect(mails).toEqual([])
  })
})

describe('links', () => {
  it('carry a token for exactly this approver, generation and content, and no dump holds one', async () => {
    const { message, wait_id, wait } = await askApproval(test.database.db)
    const mail = await renderMessage({ ...parts, db: test.database.db }, message.id)
    expect(mail?.links.map(({ rel }) => rel)).toEqual(['approve', 'reject', 'review'])
    const [approve, reject, review] = (mail?.links ?? []).map(({ url }) => new URL(url))
    expect([approve?.search, reject?.search, review?.search]).toEqual(['?choice=approve', '?choice=reject', ''])
    const token = approve?.pathname.slice('/a/'.length) ?? ''
    expect(approve?.origin).toBe('https://scaff.example')
    expect(readLink(token)).toEqual({ wait_id, place: 'a1', generation: 1 })
    expect(isApprovalLink(keys, token, wait_id, wait)).toBe(true)
    expect(isApprovalLink(keys, token, wait_id, { ...wait, digest: 'changed' })).toBe(false)
    const secret = token.split('.').at(-1) ?? ''
    for (const table of ['messages', 'waits', 'work', 'runs']) {
      const rows = await test.database.sql`select * from ${test.database.sql(table)}`
      expect(JSON.stringify(rows)).not.toContain(secret)
    }
  })

  it('of an earlier round stay of that round, and are no keys to the present one', async () => {
    const { message } = await askApproval(test.database.db, { wait: { generation: 2 } })
    const mail = await renderMessage({ ...parts, db: test.database.db }, message.id)
    const token = new URL(mail?.links[0]?.url ?? '').pathname.slice('/a/'.length)
    expect(readLink(token)?.generation).toBe(1)
  })

  it('stay readable after the request was decided: the page behind them explains itself', async () => {
    const { message } = await askApproval(test.database.db, { outcome: 'rejected' })
    const mail = await renderMessage({ ...parts, db: test.database.db }, message.id)
    expect(mail?.links).toHaveLength(3)
  })

  it('offer only the choices that there are', async () => {
    const { message } = await askApproval(test.database.db, {
      opening: { choices: ['approve', 'revise'], on_revise: { to: 'draft', max: 3 } },
    })
    const mail = await renderMessage({ ...parts, db: test.database.db }, message.id)
    expect(mail?.links.map(({ rel }) => rel)).toEqual(['approve', 'review'])
    expect(mail?.text).toContain('If you ask for changes')
  })

  it('of a form open the form, and its mail says what is asked', async () => {
    const { message, wait_id, opening } = await askForm(test.database.db)
    await deliver(parts, message.id, sent)
    expect(mails[0]).toMatchObject({ to: 'sarah@company.com', subject: 'Form to fill in - Collect brief' })
    const mail = await renderMessage({ ...parts, db: test.database.db }, message.id)
    expect(mail?.links).toHaveLength(1)
    const url = new URL(mail?.links[0]?.url ?? '')
    expect(mail?.links[0]?.rel).toBe('form')
    expect(isFormLink(keys, url.pathname.slice('/f/'.length), wait_id, opening)).toBe(true)
    expect(readLink(url.pathname.slice('/f/'.length))?.wait_id).toBe(wait_id)
    expect(mail?.text).toContain('Mon, 2 Mar 2026, 09:30 UTC')
  })

  it('of account mails lead to the account pages', async () => {
    const invite = await askAccount(test.database.db, { kind: 'invite', role: 'editor' }, { invited_by: 'Sarah' })
    await test.database.db
      .insert(users)
      .values({ id: 'usr_1', email: 'known@company.com', role: 'owner', passwordHash: 'x' })
    const reset = await askAccount(test.database.db, { kind: 'reset', userId: 'usr_1', email: 'known@company.com' })
    await deliver(parts, invite.message.id, sent)
    await deliver(parts, reset.message.id, sent)
    expect(mails.map(({ to }) => to)).toEqual(['new@company.com', 'known@company.com'])
    expect(mails[0]?.text).toContain('Sarah invites you as editor')
    expect(mails[0]?.text).toContain(`https://scaff.example/invite?token=${invite.token_id}.`)
    expect(mails[1]?.text).toContain(`https://scaff.example/reset?token=${reset.token_id}.`)
  })
})
