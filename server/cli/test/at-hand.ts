import { readFileSync } from 'node:fs'
import { basename, dirname, extname, join, relative } from 'node:path'
import type { Json } from '#lib/json.ts'
import { recordedAnswers } from '#lib/simulation/cases/recording.ts'
import type { KnownWorkflow, Library } from '#lib/simulation/cases/stage.ts'
import { stepCatalog } from '#lib/steps/definitions.ts'
import { validateWorkflow } from '#lib/workflow/validate.ts'
import { type WorkflowFile, workflowsBeside } from '../find-workflows.ts'

/** Finds what steps call by its name, or by that of its file, among these workflows and those beside them. */
export function libraryOf(files: readonly WorkflowFile[]): Library {
  const folders = new Set(files.map(({ file }) => dirname(file)))
  const all = new Map(files.map((file) => [file.file, file]))
  for (const folder of folders)
    for (const file of workflowsBeside(folder)) all.set(file.file, all.get(file.file) ?? file)
  const known = [...all.values()].flatMap(({ file, text }) => {
    const { definition, tests } = validateWorkflow(text, stepCatalog)
    return definition ? [{ file, workflow: { definition, tests } satisfies KnownWorkflow }] : []
  })
  return (name) => {
    const named = known.filter(({ workflow }) => workflow.definition.name === name)
    const found = named.length > 0 ? named : known.filter(({ file }) => basename(file, extname(file)) === name)
    // A name that several have is nobody's.
    return found.length === 1 ? (found[0]?.workflow ?? null) : null
  }
}

/** Reads recordings from the workflow's folder, and from nowhere else. */
export function recordingsOf({ file }: WorkflowFile): (name: string, step: string) => readonly string[] | null {
  const folder = dirname(file)
  return (name, step) => {
    const path = join(folder, name)
    if (relative(folder, path).startsWith('..')) return null
    try {
      const recording: Json = JSON.parse(readFileSync(path, 'utf8'))
      return recordedAnswers(recording, step)
    } catch (error) {
      // What cannot be read is told where the test asks for it.
      if (error instanceof SyntaxError || (error instanceof Error && 'code' in error)) return null
      throw error
    }
  }
}
