'use client'
import { TextDiff } from '#components/diff/text-diff.tsx'
import { RelativeTime } from '#components/ui/time.tsx'
import { VisibleText } from '#components/ui/visible-text.tsx'
import type { EarlierRequest } from '#lib/contracts/approvals.ts'
import type { JsonObject } from '#lib/json.ts'
import { visibleText } from '#lib/visible-text.ts'
import { plainText } from './value-words.ts'

/** The names of what differs from the request before, and of what is not shown any more. */
export function changedKeys(
  before: JsonObject,
  now: JsonObject,
): { changed: readonly string[]; gone: readonly string[] } {
  const keys = Object.keys(now)
  return {
    changed: keys.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(now[key])),
    gone: Object.keys(before).filter((key) => !Object.hasOwn(now, key)),
  }
}

interface ApprovalChangesProps {
  readonly previous: EarlierRequest
  readonly show: JsonObject
}

/** Why it is asked again, and how much of it is different now. */
export function ChangesNote({ previous, show }: ApprovalChangesProps) {
  const { changed, gone } = changedKeys(previous.show, show)
  const revised = previous.decisions.findLast(({ decision }) => decision === 'revise')
  const count = changed.length + gone.length
  return (
    <div className="rounded-lg border bg-sunken px-3.5 py-3 text-[0.8125rem]">
      <p>
        {revised ? (
          <>
            <span className="font-medium">{revised.by.label}</span> asked for changes{' '}
            <RelativeTime at={previous.closed_at} />, and it was made anew.
          </>
        ) : (
          <>
            It was put before and ended <RelativeTime at={previous.closed_at} />.
          </>
        )}{' '}
        {count === 0
          ? 'Nothing that is shown is different now.'
          : `${count} of the values below ${count === 1 ? 'is' : 'are'} different now.`}
        {gone.length > 0 && ` No longer shown: ${gone.join(', ')}.`}
      </p>
      {revised?.comment && (
        <blockquote className="mt-1.5 border-s-2 ps-2.5 whitespace-pre-wrap people-text">
          <VisibleText text={revised.comment} />
        </blockquote>
      )}
    </div>
  )
}

/** One value beside what it was before, with what cannot be seen named in both. */
export function ChangedValue({ name, previous, show }: ApprovalChangesProps & { readonly name: string }) {
  return (
    <div className="overflow-hidden rounded-md border bg-surface">
      <TextDiff
        before={visibleText(plainText(previous.show[name]))}
        after={visibleText(plainText(show[name]))}
        beforeLabel="Before"
        afterLabel="Now"
      />
    </div>
  )
}
