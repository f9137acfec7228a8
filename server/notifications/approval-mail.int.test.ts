import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { corpus } from '#lib/testing/corpus.ts'
import { createKeyring } from '#server/auth/keyring.ts'
import { checkHeaders } from '#server/providers/email/email.ts'
import { type TestDatabase, testDatabase } from '#server/testing/database.ts'
import { type RenderParts, renderMessage } from './render-message.ts'
import type { RenderedMail } from './rendered.ts'
import { account, askApproval, askForm } from './testing.ts'

let test: TestDatabase
let parts: RenderParts

beforeAll(async () => {
  test = await testDatabase()
  const keys = createKeyring('0123456789abcdefghijklmnopqrstuvwxyzABCDEFG')
  parts = { keys, appUrl: 'https://scaff.example', db: test.database.db }
})
afterAll(() => test.drop())

async function mailOf(more: Parameters<typeof askApproval>[1]): Promise<RenderedMail> {
  const { message } = await askApproval(test.database.db, more)
  const mail = await renderMessage(parts, message.id)
  if (mail === null) throw new Error('nothing rendered')
  return mail
}

/** Tags and attribute names of a mail: what a payload must not add to. */
function structure(html: string): string[] {
  return [...html.matchAll(/<\/?([a-z][a-z0-9]*)((?:\s+[a-z-]+(?:="[^"]*")?)*)\s*>/gi)].map(
    ([, tag, attributes = '']) => `${tag} ${attributes.replace(/="[^"]*"/g, '')}`,
  )
}

describe('what an approver reads', () => {
  it('is who asks, what exactly, what follows and until when, alike in both forms', async () => {
    const mail = await mailOf({
      starter: { name: 'Sarah', user_email: 'sarah@company.com' },
      opening: {
        title: 'Review outline',
        message: 'Please look at the tone.',
        show: { topic: 'AI', sections: ['a', 'b'] },
      },
      wait: { expires_at: '2026-03-02T09:30:00.000Z' },
    })
    for (const form of [mail.text, mail.html]) {
      for (const part of [
        'Review outline',
        'Sarah (sarah@company.com) asks for your approval',
        'Blog Post Generator',
        'Please look at the tone.',
        'topic',
        'AI',
        'The run ends as completed.',
        'The run ends as failed, with your comment as the reason.',
        'Mon, 2 Mar 2026, 09:30 UTC',
        'it counts as rejected',
        'you decide there, in a second step',
      ]) {
        expect(form.replaceAll('&#34;', '"')).toContain(part)
      }
    }
    expect(mail.html).toContain('color-scheme')
    expect(mail.html).not.toMatch(/<(img|script|link|iframe|form)\b|url\(|@import/i)
  })

  it('tells the time in the zone of who has an account, and in UTC; to everybody else in UTC alone', async () => {
    await account(test.database.db, 'vera@company.com', 'Europe/Vienna')
    await account(test.database.db, 'new@company.com', null)
    await account(test.database.db, 'odd@company.com', 'Mars/Olympus')
    const wait = { expires_at: '2026-03-01T23:30:00.000Z' }
    const due = async (to: string) => {
      const mail = await mailOf({ wait, message: { to } })
      const [, text = ''] = /^Due: ([^.]+)\./m.exec(mail.text) ?? []
      expect(mail.html).toContain(`>${text}.`)
      expect(mail.html).toContain(`Due: ${text}.`)
      return text
    }
    expect(await due('Vera@Company.com')).toBe('Mon, 2 Mar 2026, 00:30 Europe/Vienna (Sun, 1 Mar 2026, 23:30 UTC)')
    for (const to of ['new@company.com', 'odd@company.com', 'stranger@example.org']) {
      expect(await due(to)).toBe('Sun, 1 Mar 2026, 23:30 UTC')
    }
    await account(test.database.db, 'sarah@company.com', 'America/Argentina/Buenos_Aires')
    const form = await askForm(test.database.db)
    const asked = 'Mon, 2 Mar 2026, 06:30 America/Argentina/Buenos Aires (09:30 UTC)'
    expect((await renderMessage(parts, form.message.id))?.text).toContain(`Due: ${asked}`)
  })

  it('names the workflow where no person started it, and says what a reminder or escalation is', async () => {
    expect((await mailOf({})).text).toContain('The workflow "Blog Post Generator" asks for your approval.')
    const reminder = await mailOf({ message: { kind: 'approval_reminder' } })
    expect(reminder.subject).toBe('Approval Required - Review outline (reminder)')
    expect(reminder.text).toContain('still waits for you')
    const escalation = await mailOf({ message: { kind: 'approval_escalation' } })
    expect(escalation.subject).toBe('Approval Required - Review outline (escalated to you)')
  })

  it('boxes and labels what a model wrote', async () => {
    const mail = await mailOf({
      opening: { show: { topic: 'AI', title: 'Ten habits of teams' } },
      outputs: [
        { output: { topic: 'AI' }, source: 'person' },
        { output: { title: 'Ten habits of teams' }, source: 'ai' },
      ],
    })
    expect(mail.text).toContain('title (Written by AI):\n  | Ten habits of teams')
    expect(mail.text).toContain('topic (Entered by a person):\n  AI')
    expect(mail.html).toMatch(/<td class="ai [^>]*>\s*<p[^>]*><strong>title<\/strong> <span[^>]*>· Written by AI/)
    expect(mail.html).toMatch(
      /<td class="sunken [^>]*>\s*<p[^>]*><strong>topic<\/strong> <span[^>]*>· Entered by a person/,
    )
  })

  it('holds the code where one is typed, the same in every rendering and another for everybody else', async () => {
    const code = (mail: RenderedMail) => /confirm with: (\d{6})/.exec(mail.text)?.[1]
    const mail = await mailOf({ opening: { confirm: 'code' } })
    expect(code(mail)).toMatch(/^\d{6}$/)
    expect(mail.html).toContain(code(mail))
    expect(code(await mailOf({ opening: { confirm: 'code' } }))).not.toBe(code(mail))
    expect(code(await mailOf({}))).toBeUndefined()
  })

  it('is cut where it is too long for a mail, and says so', async () => {
    const mail = await mailOf({ opening: { show: { body: 'x'.repeat(100_000) } } })
    expect(mail.text.length).toBeLessThan(10_000)
    expect(mail.text).toContain('Shortened here')
  })
})

describe('hostile text in a mail', () => {
  const payloads = [
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    '</title></main><a href="https://attacker.example">Approve</a>',
    '<style>@import url(https://attacker.example/x.css)</style>',
    ...corpus('template').attacks.map((x) => x.payload),
    ...corpus('url').attacks.map((x) => x.payload),
  ]

  it.each(payloads)('is inert: %j', async (payload) => {
    const everywhere = (text: string) => ({
      workflowName: text,
      starter: { name: text, user_email: text },
      opening: { title: text, message: text, show: { [text]: text, list: [text] } },
      outputs: [{ output: { list: [text] }, source: 'ai' as const }],
    })
    const mail = await mailOf(everywhere(payload))
    // As long, because how much of a model's words is quoted decides whether a value counts as the model's.
    const plain = await mailOf(everywhere('x'.repeat(payload.length)))
    const unhidden = mail.html.replace(/<span style="[^"]*">U\+[0-9A-F]+<\/span>/g, '')
    expect(structure(unhidden)).toEqual(structure(plain.html))
    expect(mail.links.map(({ rel }) => rel)).toEqual(['approve', 'reject', 'review'])
    expect(mail.subject).toMatch(/^Approval Required - /)
    expect(() => checkHeaders({ ...mail, messageId: '<m@h>', from: 'a@b.de', idempotencyKey: 'k' })).not.toThrow()
  })

  it('cannot begin a line of the plain text, where it could pass for a line of ours', async () => {
    const forged = 'x\nApprove:\nhttps://attacker.example/a/token\n\nDue: tomorrow'
    const mail = await mailOf({
      workflowName: forged,
      starter: { name: forged, user_email: forged },
      opening: { title: forged, message: forged, show: { [forged]: forged, again: forged.replaceAll('\n', '\r') } },
    })
    expect(mail.text).not.toContain('\r')
    expect(mail.text.match(/^https:.*$/gm)?.every((line) => line.startsWith('https://scaff.example/a/'))).toBe(true)
    expect(mail.text.match(/^Approve:$/gm)).toHaveLength(1)
    expect(mail.text.match(/^Due: /gm)).toHaveLength(1)
    expect(mail.subject).not.toMatch(/[\r\n]/)
  })

  it('shows what hides in it by name, and leaves the stored value as it is', async () => {
    const show = { note: 'Pay 10 EUR\u202e RUE 00001 yaP\u202c', other: 'Approve\u200b\u2060' }
    const mail = await mailOf({ opening: { show, title: 'Pay\u202e' } })
    expect(mail.text).toContain('Pay 10 EUR⟨U+202E⟩ RUE 00001 yaP⟨U+202C⟩')
    expect(mail.text).toContain('Approve⟨U+200B⟩⟨U+2060⟩')
    expect(mail.subject).toBe('Approval Required - Pay⟨U+202E⟩')
    for (const form of [mail.text, mail.html, mail.subject]) expect(form).not.toMatch(/[\u200b\u2060\u202e\u202c]/)
  })

  it('stays inert in a form request', async () => {
    const evil = '</p><script>alert(1)</script>\r\nBcc: attacker@example.org'
    const { message } = await askForm(test.database.db, { opening: { title: evil, description: evil } })
    const mail = await renderMessage(parts, message.id)
    expect(mail?.html).not.toContain('<script')
    expect(mail?.subject).not.toMatch(/[\r\n]/)
  })
})
