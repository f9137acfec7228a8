import type { WorkflowDiagnostic } from '#lib/contracts/common.ts'
import type { CompletionItem, CompletionKind } from '#lib/workflow/assist/completion-item.ts'
import type { TextEdit } from '#lib/workflow/diagnostics.ts'
import type { Range } from '#lib/workflow/positions.ts'
import { monaco } from './monaco.ts'

/** The language's own shapes → Monaco's. Both count lines and columns from 1. */

export function toRange({ line, column, endLine, endColumn }: Range): monaco.IRange {
  return { startLineNumber: line, startColumn: column, endLineNumber: endLine, endColumn }
}

export function toEdit(edit: TextEdit): monaco.editor.IIdentifiedSingleEditOperation & { text: string } {
  return { range: toRange(edit), text: edit.newText, forceMoveMarkers: true }
}

export function toMarker(diagnostic: WorkflowDiagnostic): monaco.editor.IMarkerData {
  const { severity, message, hint, code } = diagnostic
  return {
    ...toRange(diagnostic),
    severity: severity === 'error' ? monaco.MarkerSeverity.Error : monaco.MarkerSeverity.Warning,
    message: hint === undefined ? message : `${message}\n${hint}`,
    code,
  }
}

const KINDS: Readonly<Record<CompletionKind, monaco.languages.CompletionItemKind>> = {
  key: monaco.languages.CompletionItemKind.Property,
  value: monaco.languages.CompletionItemKind.EnumMember,
  step: monaco.languages.CompletionItemKind.Reference,
  type: monaco.languages.CompletionItemKind.Class,
  variable: monaco.languages.CompletionItemKind.Variable,
  function: monaco.languages.CompletionItemKind.Function,
  snippet: monaco.languages.CompletionItemKind.Snippet,
}

/** Suggestions keep the order in which the language gives them. */
export function toSuggestion(item: CompletionItem, index: number): monaco.languages.CompletionItem {
  return {
    label: item.detail === undefined ? item.label : { label: item.label, description: item.detail },
    kind: KINDS[item.kind],
    insertText: item.insert,
    range: toRange(item.range),
    sortText: String(index).padStart(4, '0'),
    filterText: item.filter ?? item.label,
    ...(item.docs === undefined ? {} : { documentation: { value: item.docs } }),
    ...(item.snippet ? { insertTextRules: monaco.languages.CompletionItemInsertTextRule.InsertAsSnippet } : {}),
    ...(item.again ? { command: { id: 'editor.action.triggerSuggest', title: '' } } : {}),
  }
}
