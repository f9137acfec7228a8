import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, extname, join, relative } from 'node:path'
import { isJsonObject, type Json } from '#lib/json.ts'
import { recordedAnswers } from '#lib/simulation/cases/recording.ts'
import type { KnownWorkflow, Library } from '#lib/simulation/cases/stage.ts'
import { stepCatalog } from '#lib/steps/definitions.ts'
import { parseText } from '#lib/workflow/parse.ts'
import { validateWorkflow } from '#lib/workflow/validate.ts'
import { readText } from '../read-text.ts'

export interface WorkflowFile {
  /** As it was asked for, so that a terminal can open it. */
  readonly file: string
  readonly text: string
}

const EXTENSIONS: ReadonlySet<string> = new Set(['.yaml', '.yml', '.json'])

/** The workflows that paths name: a file is one, in a folder those are that look like one, at any depth. */
export function findWorkflows(paths: readonly string[]): readonly WorkflowFile[] {
  const found = new Map<string, WorkflowFile>()
  for (const path of paths) {
    const files = statSync(path, { throwIfNoEntry: false })?.isDirectory() ? workflowsIn(path) : [readWorkflow(path)]
    for (const file of files) found.set(file.file, file)
  }
  return [...found.values()]
}

function readWorkflow(file: string): WorkflowFile {
  return { file, text: readText(file, 'a workflow in YAML') }
}

function workflowsIn(folder: string): readonly WorkflowFile[] {
  return readdirSync(folder, { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry): readonly WorkflowFile[] => {
      const path = join(folder, entry.name)
      if (entry.name.startsWith('.') || entry.name === 'node_modules') return []
      if (entry.isDirectory()) return workflowsIn(path)
      if (!entry.isFile() || !EXTENSIONS.has(extname(entry.name))) return []
      const file = readWorkflow(path)
      return looksLikeWorkflow(file.text) ? [file] : []
    })
}

/** Other files in YAML stand beside workflows. A broken one counts if it has the line that every workflow has. */
function looksLikeWorkflow(text: string): boolean {
  const { source } = parseText(text)
  if (source === null) return /^steps:|"steps"\s*:/m.test(text)
  return isJsonObject(source.value) && Object.hasOwn(source.value, 'steps')
}

/** Finds what steps call by its name, or by that of its file, among these workflows and those beside them. */
export function libraryOf(files: readonly WorkflowFile[]): Library {
  const folders = new Set(files.map(({ file }) => dirname(file)))
  const all = new Map(files.map((file) => [file.file, file]))
  for (const folder of folders) for (const file of beside(folder)) all.set(file.file, all.get(file.file) ?? file)
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

function beside(folder: string): readonly WorkflowFile[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && EXTENSIONS.has(extname(entry.name)))
    .map((entry) => readWorkflow(join(folder, entry.name)))
    .filter(({ text }) => looksLikeWorkflow(text))
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
