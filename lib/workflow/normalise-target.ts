import type { Json } from '../json.ts'
import type { StepReader } from './catalog.ts'
import type { SourcePath } from './diagnostics.ts'

/** Reads where a step goes: a step's id in any case, or `null`/`end` for the end. That the step exists is checked later. */
export function readTarget(raw: Json, path: SourcePath, problems: Pick<StepReader, 'error'>): string | null {
  if (raw === null) return null
  if (typeof raw !== 'string' || raw.trim() === '') {
    problems.error('step.wrong_type', `${path.at(-1)} names a step, or is end.`, path)
    return null
  }
  const id = raw.trim().toLowerCase()
  return id === 'end' ? null : id
}

/** The same where `fail` is the other choice: null then means that the run fails. */
export function readHandler(raw: Json, path: SourcePath, problems: Pick<StepReader, 'error'>): string | null {
  if (raw === null) return null
  if (typeof raw !== 'string' || raw.trim() === '') {
    problems.error('step.wrong_type', `${path.at(-1)} names a step, or is fail.`, path)
    return null
  }
  const id = raw.trim().toLowerCase()
  if (id === 'end') {
    problems.error(
      'step.wrong_type',
      `${path.at(-1)} takes fail or a step. To end the run quietly, name a step whose next is end.`,
      path,
    )
    return null
  }
  return id === 'fail' ? null : id
}
