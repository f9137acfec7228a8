import { stepCatalog } from '#lib/steps/definitions.ts'
import { validateWorkflow } from '#lib/workflow/validate.ts'
import type { Library } from './stage.ts'

/** For tests: these workflows, found by their names. */
export function libraryOf(texts: readonly string[]): Library {
  const known = texts.map((text) => validateWorkflow(text, stepCatalog))
  return (name) => {
    const found = known.find(({ definition }) => definition?.name === name)
    return found?.definition ? { definition: found.definition, tests: found.tests } : null
  }
}
