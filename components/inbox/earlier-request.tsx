import { RelativeTime } from '#components/ui/time.tsx'
import { VisibleText } from '#components/ui/visible-text.tsx'
import type { EarlierRequest } from '#lib/contracts/approvals.ts'
import type { Json, JsonObject } from '#lib/json.ts'
import { changedKeys } from './changed-keys.ts'
import { ShownValue } from './shown-value.tsx'
import { labelOf } from './value-words.ts'

interface EarlierNoteProps {
  readonly previous: EarlierRequest
  readonly show: JsonObject
}

/** Why it is asked again, and how much of it is different now. */
export function EarlierNote({ previous, show }: EarlierNoteProps) {
  const { changed, gone } = changedKeys(previous.show, show)
  const revised = previous.decisions.findLast(({ decision }) => decision === 'revise')
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
        {howMuch(changed.length)}
        {gone.length > 0 && ` No longer shown: ${gone.map(labelOf).join(', ')}.`}
      </p>
      {revised?.comment && (
        <blockquote className="people-text mt-1.5 border-s-2 ps-2.5 whitespace-pre-wrap">
          <VisibleText text={revised.comment} />
        </blockquote>
      )}
    </div>
  )
}

function howMuch(changed: number): string {
  if (changed === 0) return 'What is shown is the same as then.'
  return changed === 1 ? 'One value below is different now.' : `${changed} of the values below are different now.`
}

/** What stood there before, to be unfolded; works without scripts. */
export function EarlierValue({ value }: { readonly value: Json }) {
  return (
    <details className="mt-2 border-t pt-2">
      <summary className="flex min-h-6 w-fit items-center rounded text-[0.8125rem] text-ink-muted underline underline-offset-2 hover:text-ink">
        Changed since the last time: see what it was
      </summary>
      <div className="mt-1.5 text-ink-muted">
        <ShownValue value={value} />
      </div>
    </details>
  )
}
