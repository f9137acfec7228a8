import type { WorkflowDiagnostic } from '#lib/contracts/common.ts'
import type { LanguageClient } from '../language.ts'
import { toEdit, toRange, toSuggestion } from './convert.ts'
import { monaco } from './monaco.ts'

/** What stands behind one text: where to ask, and what is wrong with it. */
export interface TextServices {
  readonly client: LanguageClient
  diagnostics: readonly WorkflowDiagnostic[]
}

const services = new WeakMap<monaco.editor.ITextModel, TextServices>()
let registered = false

/** Lets the language serve a text: completion, hover, formatting, quick fixes. Texts it was not asked to serve stay plain. */
export function serve(model: monaco.editor.ITextModel, behind: TextServices): void {
  services.set(model, behind)
  if (registered) return
  registered = true
  register()
}

function register(): void {
  const { languages } = monaco
  languages.registerCompletionItemProvider('yaml', {
    triggerCharacters: [' ', ':', '.', '{', '|', '-', '"', "'"],
    async provideCompletionItems(model, position) {
      const items = await ask(model, 'complete', at(model, position))
      return { suggestions: items?.map(toSuggestion) ?? [] }
    },
  })
  languages.registerHoverProvider('yaml', {
    async provideHover(model, position) {
      const found = await ask(model, 'hover', at(model, position))
      return found ? { range: toRange(found), contents: found.docs.map((value) => ({ value })) } : null
    },
  })
  languages.registerDocumentFormattingEditProvider('yaml', {
    async provideDocumentFormattingEdits(model) {
      const edit = await ask(model, 'format', { text: model.getValue() })
      return edit ? [{ range: toRange(edit), text: edit.newText }] : []
    },
  })
  languages.registerCodeActionProvider(
    'yaml',
    {
      provideCodeActions(model, range, context) {
        const all = services.get(model)?.diagnostics ?? []
        const here = all.filter((diagnostic) => monaco.Range.areIntersectingOrTouching(toRange(diagnostic), range))
        const actions = here.flatMap((diagnostic) => toAction(model, diagnostic, context.markers) ?? [])
        return { actions, dispose() {} }
      },
    },
    { providedCodeActionKinds: ['quickfix'] },
  )
}

function toAction(
  model: monaco.editor.ITextModel,
  { fix, code }: WorkflowDiagnostic,
  markers: readonly monaco.editor.IMarkerData[],
): monaco.languages.CodeAction | null {
  if (fix === undefined) return null
  const { uri: resource } = model
  const versionId = model.getVersionId()
  return {
    title: fix.title,
    kind: 'quickfix',
    isPreferred: true,
    diagnostics: markers.filter((marker) => marker.code === code),
    edit: { edits: fix.edits.map((edit) => ({ resource, versionId, textEdit: toEdit(edit) })) },
  }
}

function at(model: monaco.editor.ITextModel, { lineNumber, column }: monaco.Position) {
  return { text: model.getValue(), line: lineNumber, column }
}

/** undefined where nothing answers. The page tells the author of a helper that is gone; whoever looks after it reads why here. */
async function ask<C extends 'complete' | 'hover' | 'format'>(
  model: monaco.editor.ITextModel,
  call: C,
  question: Parameters<LanguageClient['ask']>[1] & Parameters<typeof LanguageClient.prototype.ask<C>>[1],
) {
  try {
    return await services.get(model)?.client.ask(call, question)
  } catch (error) {
    console.warn(`The language did not answer (${call}).`, error)
    return undefined
  }
}
