'use client'
import { Editor } from '@monaco-editor/react'
import { type Ref, useEffect, useEffectEvent, useId, useImperativeHandle, useMemo, useRef, useState } from 'react'
import type { WorkflowDiagnostic } from '#lib/contracts/common.ts'
import type { TextEdit } from '#lib/workflow/diagnostics.ts'
import { holdLanguage } from '../language-client.ts'
import { toEdit, toMarker } from './convert.ts'
import { markExpressions } from './expressions.ts'
import { monaco } from './monaco.ts'
import './monaco.css'
import { OPTIONS } from './options.ts'
import { leaveToThePage } from './page-keys.ts'
import { serve, type TextServices } from './providers.ts'
import { followTheme, THEME } from './theme.ts'

/** Where somebody stood in the text before, in offsets. */
export interface Handover {
  readonly start: number
  readonly end: number
  /** In px. */
  readonly scrollTop: number
}

export interface CodeEditorHandle {
  jumpTo(line: number, column: number): void
  apply(edits: readonly TextEdit[]): void
  format(): void
  focus(): void
}

interface CodeEditorProps {
  readonly label: string
  readonly value: string
  readonly onChange: (text: string) => void
  readonly markers: readonly WorkflowDiagnostic[]
  readonly wrap: boolean
  readonly readOnly: boolean
  readonly onCursorLine: ((line: number) => void) | undefined
  readonly onSave: (() => void) | undefined
  /** Called once, when it shows; answers where to go on. */
  readonly onReady: () => Handover | null
  readonly ref?: Ref<CodeEditorHandle>
}

type CodeEditorInstance = monaco.editor.IStandaloneCodeEditor

export default function CodeEditor(props: CodeEditorProps) {
  const { label, value, markers, wrap, readOnly, ref } = props
  const path = `inmemory://workflow/${useId()}.yaml`
  const [editor, setEditor] = useState<CodeEditorInstance | null>(null)
  const services = useRef<TextServices | null>(null)
  /** Texts this editor has told of and not seen come back: they are its own, however late they arrive. */
  const told = useRef<string[]>([])

  const changed = useEffectEvent((text: string) => {
    told.current.push(text)
    props.onChange(text)
  })
  const moved = useEffectEvent((line: number) => props.onCursorLine?.(line))
  const save = useEffectEvent(() => props.onSave?.())
  const ready = useEffectEvent(() => props.onReady())

  useEffect(() => {
    const model = editor?.getModel()
    if (!editor || !model) return
    const held = holdLanguage()
    services.current = { client: held.client, tell: (message) => say(editor, message), diagnostics: [] }
    serve(model, services.current)
    const parts = [
      model.onDidChangeContent(() => changed(model.getValue())),
      editor.onDidChangeCursorPosition(({ position }) => moved(position.lineNumber)),
      markExpressions(editor, model),
      leaveToThePage(editor, save),
      // Monaco has another key for it on each system, one of which belongs to the browser.
      editor.addAction({
        id: 'scaff.format',
        label: 'Format',
        keybindings: [monaco.KeyMod.Shift | monaco.KeyMod.Alt | monaco.KeyCode.KeyF],
        run: format,
      }),
      // Its own keys for it begin with the page's key for the palette.
      editor.addAction({
        id: 'scaff.explain',
        label: 'Explain',
        keybindings: [monaco.KeyMod.Shift | monaco.KeyCode.F1],
        run: (here) => here.getAction('editor.action.showHover')?.run(),
      }),
      { dispose: followTheme() },
      { dispose: held.release },
    ]
    // Widths were measured with whatever font was there; ours may have come later.
    void document.fonts.ready.then(() => monaco.editor.remeasureFonts())
    const from = ready()
    if (from) takeOver(editor, model, from)
    return () => {
      for (const part of parts) part.dispose()
    }
  }, [editor])

  useEffect(() => {
    const model = editor?.getModel()
    if (!editor || !model) return
    const own = told.current.indexOf(value)
    if (own >= 0) told.current.splice(0, own + 1)
    else if (model.getValue() !== value) {
      told.current = []
      // One step of undo, so that a restored or rebuilt text can be taken back.
      editor.pushUndoStop()
      editor.executeEdits('page', [{ range: model.getFullModelRange(), text: value }])
      editor.pushUndoStop()
      told.current = []
    }
  }, [editor, value])

  useEffect(() => {
    const model = editor?.getModel()
    if (!model) return
    if (services.current) services.current.diagnostics = markers
    monaco.editor.setModelMarkers(model, 'scaff', markers.map(toMarker))
  }, [editor, markers])

  useImperativeHandle(ref, () => ({
    jumpTo(line, column) {
      editor?.setPosition({ lineNumber: line, column })
      editor?.revealLineInCenterIfOutsideViewport(line)
      editor?.focus()
    },
    apply(edits) {
      editor?.pushUndoStop()
      editor?.executeEdits('fix', edits.map(toEdit))
      editor?.pushUndoStop()
    },
    format: () => editor && format(editor),
    focus: () => editor?.focus(),
  }))

  // A new object is a new set of options to the editor, and this is rendered at every key stroke.
  const options = useMemo(
    () => ({ ...OPTIONS, ariaLabel: label, readOnly, wordWrap: wrap ? ('on' as const) : ('off' as const) }),
    [label, readOnly, wrap],
  )

  return (
    <Editor
      path={path}
      defaultLanguage="yaml"
      defaultValue={value}
      theme={THEME}
      loading={null}
      options={options}
      onMount={(instance) => setEditor(instance as CodeEditorInstance)}
    />
  )
}

function format(editor: monaco.editor.ICodeEditor): void {
  void editor.getAction('editor.action.formatDocument')?.run()
}

interface MessageController extends monaco.editor.IEditorContribution {
  showMessage(message: string, position: monaco.IPosition): void
}

/** Beside the cursor, and to whoever listens to the page. */
function say(editor: CodeEditorInstance, message: string): void {
  const position = editor.getPosition()
  const messages = editor.getContribution<MessageController>('editor.contrib.messageController')
  // Once what asked for it has closed: with it every message goes.
  if (position) setTimeout(() => messages?.showMessage(message, position))
}

function takeOver(editor: CodeEditorInstance, model: monaco.editor.ITextModel, from: Handover): void {
  editor.setSelection(monaco.Range.fromPositions(model.getPositionAt(from.start), model.getPositionAt(from.end)))
  editor.setScrollTop(from.scrollTop)
}
