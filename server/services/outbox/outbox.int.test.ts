import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { apiKeys, messages, users } from '#drizzle/schema/index.ts'
import type { OutboxMessage } from '#lib/contracts/outbox.ts'
import { newId } from '#lib/ids.ts'
import { getOutbox } from '#server/api/routes/outbox.ts'
import { call, keyOf } from '#server/api/testing.ts'
import type { Actor } from '#server/engine/port.ts'
import { AT, askAccount, askApproval, askForm } from '#server/notifications/testing.ts'
import { type TestApp, testApp } from '#server/testing/app.ts'
import { listOutbox } from './list.ts'

describe('the outbox', () => {
  let app: TestApp
  let key: string

  beforeAll(async () => {
    app = await testApp()
    key = await keyOf(app, 'admin')
  })
  afterAll(() => app.drop())

  const get = (query = '', headers = {}) => call(app, getOutbox, { key, query, headers })

  it('lists a run’s mails with subject, both texts and working links', async () => {
    const { run_id, message } = await askApproval(app.database.db)
    await askForm(app.database.db)
    const answer = await get(`?run_id=${run_id}`)
    expect(answer.status).toBe(200)
    expect(answer.json).toMatchObject({
      next_cursor: null,
      messages: [
        {
          id: message.id,
          kind: 'approval_request',
          run_id,
          to: 'editor@company.com',
          subject: 'Approval Required - Review outline',
          created_at: AT.toISOString(),
          sent_at: null,
          channel: null,
          status: 'queued',
          error: null,
          repeats: 0,
        },
      ],
    })
    const [mail] = answer.json.messages as OutboxMessage[]
    expect(mail?.links.map(({ rel }) => rel)).toEqual(['approve', 'reject', 'review'])
    for (const { url } of mail?.links ?? []) {
      expect(url.startsWith('https://scaff.example/a/')).toBe(true)
      expect(mail?.text).toContain(url)
      expect(mail?.html).toContain(url)
    }
  })

  it('makes its links from APP_URL, whatever a request says of its host', async () => {
    const forged = {
      host: 'attacker.example',
      'x-forwarded-host': 'attacker.example',
      forwarded: 'for=127.0.0.1;host=attacker.example;proto=https',
      'x-original-url': '/attacker',
    }
    await askApproval(app.database.db)
    expect((await get('', forged)).text).not.toContain('attacker')
  })

  it('says of a mail how often it was sent again', async () => {
    const { run_id } = await askApproval(app.database.db, { message: { repeats: 2 } })
    expect((await get(`?run_id=${run_id}`)).json.messages).toMatchObject([{ repeats: 2 }])
  })

  it('is found by recipient, in any spelling, and paged', async () => {
    for (let i = 0; i < 3; i++) await askApproval(app.database.db, { message: { to: 'Paging@Company.com' } })
    const first = await get('?to=paging%40company.com&limit=2')
    expect(first.json.messages).toHaveLength(2)
    const rest = await get(`?to=PAGING%40company.com&limit=2&cursor=${first.json.next_cursor}`)
    expect(rest.json.messages).toHaveLength(1)
    expect(rest.json.next_cursor).toBeNull()
    const ids = [...first.json.messages, ...rest.json.messages].map(({ id }: OutboxMessage) => id)
    expect(ids).toEqual([...ids].sort().reverse())
    expect((await get('?to=nobody%40company.com')).json).toEqual({ messages: [], next_cursor: null })
    expect((await get('?run_id=run_nope')).json.messages).toEqual([])
  })

  it('says so of a mail whose rows are gone', async () => {
    await app.database.db.insert(messages).values({
      id: newId('message'),
      kind: 'invite',
      to: 'gone@company.com',
      data: {},
      status: 'failed',
      createdAt: AT,
    })
    const { json } = await get('?to=gone%40company.com')
    expect(json.messages[0]).toMatchObject({ status: 'failed', links: [], subject: '(not available)' })
  })

  it.each(['editor', 'approver', 'viewer'] as const)('is closed to the role %s', async (role) => {
    const answer = await call(app, getOutbox, { key: await keyOf(app, role) })
    expect([answer.status, answer.json.code]).toEqual([403, 'auth.forbidden'])
  })

  it('is closed to nobody and to a key whose scopes leave it out', async () => {
    expect((await call(app, getOutbox)).status).toBe(401)
    const scoped = await keyOf(app, 'admin', ['workflow:read'])
    expect((await call(app, getOutbox, { key: scoped })).status).toBe(403)
  })

  describe('of mails that open an account', () => {
    const admin: Actor = { kind: 'user', id: 'usr_admin', email: 'admin@company.com', name: null, role: 'admin' }
    const read = async (actor: Actor, to: string) =>
      (await listOutbox({ ctx: app.context(actor), input: { to } })).messages[0]

    beforeAll(async () => {
      await app.database.db
        .insert(users)
        .values({ id: 'usr_owner', email: 'owner@company.com', role: 'owner', passwordHash: 'x' })
      await askAccount(app.database.db, { kind: 'reset', userId: 'usr_owner', email: 'owner@company.com' })
      await askAccount(app.database.db, { kind: 'invite', role: 'editor', email: 'invited@company.com' })
    })

    it('shows an admin those of accounts that may no more than an admin', async () => {
      const mail = await read(admin, 'invited@company.com')
      expect(mail?.links).toHaveLength(1)
      expect(mail?.links[0]?.url).toMatch(/^https:\/\/scaff\.example\/invite\?token=tok_/)
    })

    it('does not let an admin, or a key an admin made, become owner through a reset', async () => {
      await app.database.db
        .insert(apiKeys)
        .values({ id: 'key_byadmin', name: 'k', role: 'admin', hash: 'h', hint: 'h', createdBy: 'usr_admin' })
      const byKey: Actor = { kind: 'apiKey', id: 'key_byadmin', name: 'k', role: 'admin', scopes: null, agent_id: null }
      for (const actor of [admin, byKey]) {
        const mail = await read(actor, 'owner@company.com')
        expect(mail?.links).toEqual([])
        expect(JSON.stringify(mail)).not.toContain('token=')
      }
    })

    it('shows the owner and whoever runs the machine all of them', async () => {
      const owner: Actor = { ...admin, id: 'usr_owner', role: 'owner' }
      expect((await read(owner, 'owner@company.com'))?.links).toHaveLength(1)
      expect((await get('?to=owner%40company.com')).json.messages[0].links).toHaveLength(1)
    })
  })
})
