import type { FormOpening } from '#lib/workflow/catalog.ts'
import type { ApprovalWaitState, FormWaitState } from '#lib/workflow/state.ts'
import type { Keyring } from '#server/auth/keyring.ts'
import { isApprovalLink, isFormLink } from '#server/auth/wait-links.ts'
import type { Sql } from '#server/db/client.ts'
import type { Findings } from '../report.ts'
import type { Mark } from './marks.ts'
import type { Requested, Taken } from './outside.ts'
import type { Death } from './points.ts'
import { isByApi } from './work.ts'

/** What the database has of a mail and of the wait it tells of. */
export interface Due {
  readonly id: string
  readonly to: string
  readonly status: string
  readonly repeats: number
  readonly wait_id: string
  readonly wait: ApprovalWaitState | FormWaitState
  readonly opening: FormOpening
}

export interface Aftermath {
  readonly due: readonly Due[]
  readonly taken: readonly Taken[]
  readonly requested: readonly Requested[]
  readonly marks: readonly Mark[]
  readonly deaths: readonly Death[]
  readonly killed: ReadonlySet<string>
  readonly keys: Keyring
}

export const readDue = (sql: Sql) => sql<Due[]>`
  select messages.id, "to", messages.status, repeats, wait_id, waits.wait, waits.opening
  from messages join waits on waits.id = wait_id order by messages.id`

/** Every mail that was due is out, by whichever way; nothing is out that was not due. */
export function noneLost({ due, taken, requested }: Aftermath, { expect }: Findings) {
  const out = new Set([...taken.map(({ message_id }) => message_id), ...requested.map(({ key }) => key)])
  const lost = due.filter(({ id }) => !out.has(id))
  for (const { id, to } of lost) expect(false, `the mail ${id} to ${to} never went out`)
  for (const { id, status } of due) expect(status === 'sent', `the mail ${id} is ${status}`)
  const known = new Set(due.map(({ id }) => id))
  for (const id of out) expect(known.has(id), `${id} went out, and nobody asked for it`)
  return { 'mails due': due.length, 'delivered, distinct': out.size, lost: lost.length }
}

/** By the API a repeat has the same key and text, so that it is none. */
export function noneDoubled({ due, requested, killed }: Aftermath, { expect }: Findings) {
  const byKey = Map.groupBy(requested, ({ key }) => key)
  let doubled = 0
  for (const [key, requests] of byKey) {
    const created = requests.filter(({ outcome }) => outcome !== 'known').length
    doubled += created - 1
    expect(created === 1, `the API made ${created} mails of ${key}`)
    for (const { worker } of requests.slice(0, -1))
      expect(killed.has(worker), `${key} was requested again although ${worker} lived`)
  }
  for (const { id, to, repeats } of due)
    if (isByApi(to)) expect(repeats === 0, `${id} went by the API and counts ${repeats} repeats`)
  return {
    'by the API': byKey.size,
    'requests repeated, same key': requested.length - byKey.size,
    'doubled by the API': doubled,
  }
}

/**
 * By SMTP a mail comes again only after its process was killed, and each repeat is counted. Counted as well are those tries
 * of which nobody could know that the server never had them: killed between the mark and the end of the mail.
 */
export function repeatsCounted({ due, taken, marks, killed }: Aftermath, { expect }: Findings) {
  const takenOf = Map.groupBy(taken, ({ message_id }) => message_id)
  const marksOf = Map.groupBy(marks, ({ message_id }) => message_id)
  const sums = { again: 0, counted: 0, cut: 0 }
  const bySmtp = due.filter(({ to }) => !isByApi(to))
  for (const { id, repeats } of bySmtp) {
    const arrived = takenOf.get(id) ?? []
    const marked = marksOf.get(id) ?? []
    const came = new Set(arrived.map(({ worker }) => worker))
    for (const { worker } of arrived.slice(0, -1))
      expect(killed.has(worker), `${id} came again although ${worker}, which had sent it, lived`)
    for (const worker of came)
      expect(
        marked.some((mark) => mark.worker === worker),
        `${worker} sent ${id} without a mark`,
      )
    const cut = marked.filter(({ worker }) => !came.has(worker))
    for (const { worker } of cut) expect(killed.has(worker), `${worker} marked ${id}, lived and sent nothing`)
    const again = arrived.length - 1
    expect(repeats === again + cut.length, `${id} counts ${repeats} repeats: ${again} came, ${cut.length} were cut off`)
    sums.again += Math.max(0, again)
    sums.counted += repeats
    sums.cut += cut.length
  }
  return {
    'by SMTP': bySmtp.length,
    'repeats by SMTP, same Message-ID': sums.again,
    'repeats counted in the database': sums.counted,
    'of these cut off between mark and mail': sums.cut,
  }
}

/** What each point leaves of the mail that was at it. */
export function pointsHold({ taken, requested, marks, deaths, due }: Aftermath, { expect }: Findings) {
  const figures: { [name: string]: number } = {}
  for (const { worker, point, message_id } of deaths) {
    const name = `killed ${point}`
    figures[name] = (figures[name] ?? 0) + 1
    const by = (one: { worker: string }) => one.worker === worker
    const marked = marks.some((mark) => by(mark) && mark.message_id === message_id)
    const arrived = taken.some((mail) => by(mail) && mail.message_id === message_id)
    const asked = requested.some((request) => by(request) && request.key === message_id)
    const counted = (due.find(({ id }) => id === message_id)?.repeats ?? 0) > 0
    const expected = {
      'before the mark': [false, false, false, null],
      'after the mark': [true, false, false, true],
      'after 250': [true, true, false, true],
      'before the request': [false, false, false, false],
      'after the answer': [false, false, true, false],
    }[point]
    const was = [marked, arrived, asked, counted]
    expect(
      expected.every((value, i) => value === null || value === was[i]),
      `killed ${point}, ${message_id} has mark, mail, request, count: ${was}`,
    )
  }
  return figures
}

/** The links of every mail that came again are those of the first one, and open the wait. */
export function linksWork({ due, taken, keys }: Aftermath, { expect }: Findings) {
  let working = 0
  const byId = new Map(due.map((mail) => [mail.id, mail]))
  for (const [id, mails] of Map.groupBy(taken, ({ message_id }) => message_id)) {
    const mail = byId.get(id)
    const [token = ''] = mails.map((one) => one.token)
    if (!mail || mails.length < 2) continue
    const { wait_id, wait, opening } = mail
    const opens =
      wait.kind === 'approval' ? isApprovalLink(keys, token, wait_id, wait) : isFormLink(keys, token, wait_id, opening)
    const works = opens && mails.every((one) => one.token === token)
    expect(works, `the link in a repeat of ${id} does not work`)
    if (works) working++
  }
  return { 'mails that came again, links work': working }
}
