import { ScaffError } from '#lib/errors.ts'

/** The entity tag of a version. */
export function etag(version: number): string {
  return `"${version}"`
}

/** The version an `If-Match` names; null where there is none or it is `*`. What is no version of ours matches nothing. */
export function versionOf(header: string | undefined): number | null {
  const value = header?.trim()
  if (value === undefined || value === '*') return null
  const match = /^(?:W\/)?"?(\d{1,9})"?$/.exec(value)
  if (match?.[1] !== undefined) return Number(match[1])
  throw new ScaffError(
    'workflow.version_conflict',
    'If-Match names no version of this workflow. Send the ETag of the version you changed, e.g. If-Match: "3".',
  )
}
