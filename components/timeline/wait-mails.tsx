import { repeatSentence } from '#components/outbox/mail-words.ts'
import { VisibleText } from '#components/ui/visible-text.tsx'
import type { WaitMail } from '#lib/contracts/run-waits.ts'

/** What became of mails about a wait, where somebody may wonder why none came, or two. */
export function WaitMails({ mails }: { readonly mails: readonly WaitMail[] }) {
  return (
    <ul className="mt-1 text-[0.8125rem] text-ink-muted">
      {mails.map(({ to, status, error, repeats }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: several mails to one person differ in nothing else, and none moves
        <li key={i}>
          Mail to <VisibleText text={to} />
          {': '}
          {status === 'failed' && (
            <>
              could not be sent. <VisibleText text={error ?? ''} />{' '}
            </>
          )}
          {repeats > 0 && repeatSentence(repeats)}
        </li>
      ))}
    </ul>
  )
}
