import { mailSubject } from '#lib/mail-subject.ts'
import type { ActivityRef, HistoryEvent } from '#lib/workflow/events.ts'
import type { SentMessage } from '#lib/workflow/simulate.ts'
import { openingOf } from './answer-wait.ts'
import type { Played } from './play.ts'
import { attemptsOf } from './to-detail.ts'
import type { SimulatedMail, StoryEntry } from './types.ts'

/** What happened, in the order in which it did: each attempt where it began, each mail after what called for it. */
export function storyOf({ run }: Played): StoryEntry[] {
  const attempts = new Map(attemptsOf(run).map((attempt) => [keyOf({ ...attempt, step: attempt.step_id }), attempt]))
  const mails = [...run.messages]
  const story: StoryEntry[] = []
  for (const event of run.history) {
    if (event.type === 'step.started' || event.type === 'step.skipped') {
      const attempt = attempts.get(keyOf(event))
      // A step that was skipped may have been begun: it is told once.
      if (attempt) story.push({ kind: 'step', at: event.at, attempt })
      attempts.delete(keyOf(event))
    }
    const told = ofTime(run, event)
    if (told) story.push(told)
    while (mails[0] && mails[0].seq <= event.seq) {
      const [sent] = mails.splice(0, 1)
      if (sent) story.push({ kind: 'mail', at: sent.at, mail: toMail(run, sent) })
    }
  }
  return story
}

function ofTime(run: Played['run'], event: HistoryEvent): StoryEntry | null {
  const { at } = event
  switch (event.type) {
    case 'wait.escalated':
      return { kind: 'silence', at, step: event.wait.step, outcome: 'escalated' }
    case 'wait.closed':
      if (event.outcome !== 'expired') return null
      return { kind: 'silence', at, step: stepOfWait(run, event.wait), outcome: event.outcome }
    case 'run.canceled':
      return { kind: 'canceled', at }
    case 'run.reopened':
      return { kind: 'retried', at }
    default:
      return null
  }
}

/** A message as a mail that would have gone out. */
export function toMail(run: Played['run'], { at, message }: SentMessage): SimulatedMail {
  const step = stepOfWait(run, message.wait)
  return {
    to: message.to,
    kind: message.kind,
    subject: mailSubject(message.kind, openingOf(run, message.wait)?.title ?? '', step),
    step,
    at,
  }
}

function stepOfWait(run: Played['run'], key: string): string {
  const opened = run.history.find((event) => event.type === 'wait.opened' && event.wait.key === key)
  return opened?.type === 'wait.opened' ? opened.wait.step : ''
}

function keyOf({ epoch, path, step, visit, attempt }: ActivityRef): string {
  return `${epoch}:${path}:${step}:${visit}:${attempt}`
}
