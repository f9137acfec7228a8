import type { WorkflowDiagnostic } from '#lib/contracts/common.ts'
import type { TextEdit } from '#lib/workflow/diagnostics.ts'
import type { LanguageCall, LanguageCalls, LanguageClient } from '../language.ts'
import { toEdit, toRange, toSuggestion } from './convert.ts'
import { monaco } from './monaco.ts'

/** What stands behind one text: where to ask, and what is wrong with it. */
export interface TextServices {
  readonly client: LanguageClient
  /** Says something beside the cursor. */
  readonly tell: (message: string) => void
  diagnostics: readonly WorkflowDiagnostic[]
}

/** Said in place of a name where nothing answers. */
const SILENT = 'The text is not being checked just now, so nothing can be renamed.'

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
  languages.registerDefinitionProvider('yaml', {
    async provideDefinition(model, position) {
      const found = await ask(model, 'define', at(model, position))
      const originSelectionRange = found && toRange(found.name)
      return found?.targets.map((target) => ({
        uri: model.uri,
        range: toRange(target),
        ...(originSelectionRange ? { originSelectionRange } : {}),
      }))
    },
  })
  languages.registerReferenceProvider('yaml', {
    provideReferences: async (model, position) =>
      (await uses(model, position)).map((range) => ({ uri: model.uri, range })),
  })
  languages.registerDocumentHighlightProvider('yaml', {
    provideDocumentHighlights: async (model, position) =>
      (await uses(model, position)).map((range) => ({ range, kind: languages.DocumentHighlightKind.Text })),
  })
  languages.registerRenameProvider('yaml', {
    async resolveRenameLocation(model, position) {
      const found = await ask(model, 'renamable', at(model, position))
      const here = model.getWordAtPosition(position)
      const range = monaco.Range.fromPositions(position)
      if (found && 'name' in found) return { range: toRange(found), text: found.name }
      return { range, text: here?.word ?? '', rejectReason: found?.refused ?? SILENT }
    },
    async provideRenameEdits(model, position, to) {
      const versionId = model.getVersionId()
      const found = await ask(model, 'rename', { ...at(model, position), to })
      if (!found || 'refused' in found) {
        const rejectReason = found?.refused ?? SILENT
        // Why not is otherwise shown where there is no name, and not where there is one that will not do.
        services.get(model)?.tell(rejectReason)
        return { edits: [], rejectReason }
      }
      return { edits: found.edits.map((edit) => inModel(model, edit, versionId)) }
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
  return {
    title: fix.title,
    kind: 'quickfix',
    isPreferred: true,
    diagnostics: markers.filter((marker) => marker.code === code),
    edit: { edits: fix.edits.map((edit) => inModel(model, edit, model.getVersionId())) },
  }
}

/** An edit of the text as it was in that version: it is not made once that is another. */
function inModel(
  model: monaco.editor.ITextModel,
  edit: TextEdit,
  versionId: number,
): monaco.languages.IWorkspaceTextEdit {
  return { resource: model.uri, versionId, textEdit: toEdit(edit) }
}

async function uses(model: monaco.editor.ITextModel, position: monaco.Position): Promise<readonly monaco.IRange[]> {
  return ((await ask(model, 'uses', at(model, position))) ?? []).map(toRange)
}

function at(model: monaco.editor.ITextModel, { lineNumber, column }: monaco.Position) {
  return { text: model.getValue(), line: lineNumber, column }
}

/** undefined where nothing answers. The page tells the author of a helper that is gone; whoever looks after it reads why here. */
async function ask<C extends LanguageCall>(
  model: monaco.editor.ITextModel,
  call: C,
  question: LanguageCalls[C]['ask'],
) {
  try {
    return await services.get(model)?.client.ask(call, question)
  } catch (error) {
    console.warn(`The language did not answer (${call}).`, error)
    return undefined
  }
}
