import { readdirSync, statSync } from 'node:fs'
import { extname, join } from 'node:path'
import { isJsonObject } from '#lib/json.ts'
import { parseText } from '#lib/workflow/parse.ts'
import { readText } from './read-text.ts'

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

/** The workflows of one folder, without those further down. */
export function workflowsBeside(folder: string): readonly WorkflowFile[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && EXTENSIONS.has(extname(entry.name)))
    .map((entry) => readWorkflow(join(folder, entry.name)))
    .filter(({ text }) => looksLikeWorkflow(text))
}

/** Other files in YAML stand beside workflows. A broken one counts if it has the line that every workflow has. */
function looksLikeWorkflow(text: string): boolean {
  const { source } = parseText(text)
  if (source === null) return /^steps:|"steps"\s*:/m.test(text)
  return isJsonObject(source.value) && Object.hasOwn(source.value, 'steps')
}
