import type { InputsDefinition } from '../definition.ts'
import type { Diagnostic } from '../diagnostics.ts'
import { type WorkflowGraph, workflowGraph } from '../graph.ts'
import { type OutlineStep, workflowOutline } from '../outline.ts'
import { parseText } from '../parse.ts'
import { validateParsed } from '../validate.ts'
import type { Language } from './language.ts'

/** What an editor shows of a text. */
export interface WorkflowReading {
  readonly diagnostics: readonly Diagnostic[]
  /** null while the text is invalid. */
  readonly graph: WorkflowGraph | null
  readonly outline: readonly OutlineStep[]
  /** What a start asks for; null while the text is invalid, and where nothing is declared. */
  readonly inputs: InputsDefinition | null
}

/** All that an editor shows of a text, from parsing it once: most of the time that a long one takes goes there. */
export function readWorkflow(text: string, { catalog, known, tokeniser }: Language): WorkflowReading {
  const parsed = parseText(text, tokeniser?.read)
  const { definition, diagnostics } = validateParsed(parsed, catalog, known)
  return {
    diagnostics,
    graph: definition === null ? null : workflowGraph(definition, catalog),
    outline: workflowOutline(text, parsed.document),
    inputs: definition?.inputs ?? null,
  }
}
