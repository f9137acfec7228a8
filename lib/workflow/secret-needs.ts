import type { Step } from './definition.ts'
import { references } from './expressions/references.ts'
import type { Program } from './program.ts'
import { templateReferences } from './templates/check.ts'

export interface SecretNeeds {
  readonly names: readonly string[]
  /** Whether it reads constants, which may be sensitive ones. */
  readonly constants: boolean
}

/** The secrets a step names, where it may read any at all; null where it may not. */
export function secretNeeds(program: Program, step: Step): SecretNeeds | null {
  const slots =
    program
      .type(step)
      ?.slots(step.config)
      .filter((slot) => slot.secrets) ?? []
  if (slots.length === 0) return null
  const found = slots.flatMap(({ kind, source }) =>
    kind === 'template' ? templateReferences(source) : references(source),
  )
  const names = found.flatMap(({ root, path: [name] }) =>
    (root === 'secrets' || root === 'env') && typeof name === 'string' ? [name] : [],
  )
  return { names: [...new Set(names)], constants: found.some(({ root }) => root === 'static') }
}
