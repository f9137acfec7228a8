'use server'

import { randomBytes } from 'node:crypto'
import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import type { LinkStep } from '#components/inbox/link-approval-view.tsx'
import { DECISION_KINDS } from '#lib/workflow/state.ts'
import { pageContext } from '#server/auth/page-session.ts'
import { chooseByLink } from '#server/services/approvals/choose-by-link.ts'
import { decideByLink } from '#server/services/approvals/decide-by-link.ts'

const COOKIE = 'scaff-approval'

/** The two acts of a decision by link. What became of it is told by the page itself, so that a reload repeats nothing. */
export async function decideLinkAction(token: string, _previous: LinkStep, form: FormData): Promise<LinkStep> {
  const text = (name: string) => {
    const value = form.get(name)
    return typeof value === 'string' ? value : ''
  }
  const choice = DECISION_KINDS.find((kind) => kind === text('choice')) ?? null
  const comment = text('comment')
  const act = text('act')
  if (choice === null) return { at: 'choose', choice, comment, error: 'Choose one of the ways first.' }
  if (act === 'back') return { at: 'choose', choice, comment, error: null }

  const ctx = await pageContext()
  const session = await browserSession(ctx.app.env.appUrl)
  if (act === 'confirm') {
    const nonce = text('nonce')
    const input = { token, choice, comment, session, nonce, code: text('code') }
    const answer = await decideByLink({ ctx, input })
    if (answer.problem === null) redirect(`/a/${encodeURIComponent(token)}`)
    return { at: 'confirm', choice, comment, nonce, error: answer.problem }
  }
  const chosen = await chooseByLink({ ctx, input: { token, choice, comment, session } })
  if (chosen.ok) return { at: 'confirm', choice, comment, nonce: chosen.nonce, error: null }
  if (chosen.problem === null) redirect(`/a/${encodeURIComponent(token)}`)
  return { at: 'choose', choice, comment, error: chosen.problem }
}

/** The browser in which something was chosen; only there it can be confirmed. */
async function browserSession(appUrl: string): Promise<string> {
  const jar = await cookies()
  const known = jar.get(COOKIE)?.value
  if (known !== undefined && known.length >= 16) return known
  const made = randomBytes(18).toString('base64url')
  jar.set(COOKIE, made, {
    httpOnly: true,
    sameSite: 'strict',
    secure: appUrl.startsWith('https:'),
    path: '/a',
    maxAge: 3_600,
  })
  return made
}
