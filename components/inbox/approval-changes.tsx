'use client'
import { TextDiff } from '#components/diff/text-diff.tsx'
import type { JsonObject } from '#lib/json.ts'
import { visibleText } from '#lib/visible-text.ts'
import { plainText } from './value-words.ts'

interface ChangedValueProps {
  readonly name: string
  readonly before: JsonObject
  readonly now: JsonObject
}

/** One value beside what it was before, with what cannot be seen named in both. */
export function ChangedValue({ name, before, now }: ChangedValueProps) {
  const prose = [before[name], now[name]].every((value) => value === undefined || typeof value === 'string')
  return (
    <div className="overflow-hidden rounded-md border bg-surface">
      <TextDiff
        before={visibleText(plainText(before[name]))}
        after={visibleText(plainText(now[name]))}
        beforeLabel="Before"
        afterLabel="Now"
        prose={prose}
      />
    </div>
  )
}
