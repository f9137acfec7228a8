'use client'
import { clsx } from 'clsx'
import { WrapText } from 'lucide-react'
import { type ComponentType, type Ref, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react'
import { patiently } from '#components/ui/lazy-part.ts'
import type { WorkflowDiagnostic } from '#lib/contracts/common.ts'
import type { TextEdit } from '#lib/workflow/diagnostics.ts'
import type CodeEditor from './monaco/code-editor.tsx'
import type { CodeEditorHandle, Handover } from './monaco/code-editor.tsx'
import { LINE_HEIGHT, PlainEditor } from './plain-editor.tsx'
import { offsetOf, withEdits } from './text-offset.ts'
import { useWrap } from './use-wrap.ts'

export interface YamlEditorHandle {
  /** Puts the cursor there and scrolls to it. Positions are 1-based. */
  jumpTo(line: number, column: number): void
  /** One step of undo. */
  apply(edits: readonly TextEdit[]): void
  format(): void
  focus(): void
}

export interface YamlEditorProps {
  /** Its accessible name. */
  readonly label: string
  readonly value: string
  readonly onChange: (text: string) => void
  readonly markers: readonly WorkflowDiagnostic[]
  readonly readOnly?: boolean
  /** The line the cursor is in now, from 1. */
  readonly onCursorLine?: (line: number) => void
  readonly onSave?: () => void
  /** Says how large it is. */
  readonly className?: string
  readonly ref?: Ref<YamlEditorHandle>
}

/**
 * The text of a workflow. It begins as a plain text area, which is there at once, and becomes the full editor as soon as
 * that is loaded: text, selection and focus go on where they were. Where it cannot be loaded the plain one stays.
 */
export function YamlEditor(props: YamlEditorProps) {
  const { value, onChange, markers, label, readOnly = false, onCursorLine, onSave, className, ref } = props
  const plain = useRef<HTMLTextAreaElement>(null)
  const code = useRef<CodeEditorHandle>(null)
  const [Code, setCode] = useState<ComponentType<Parameters<typeof CodeEditor>[0]> | null>(null)
  const [ready, setReady] = useState(false)
  const [plainOnly, setPlainOnly] = useState(false)
  const focused = useRef(false)
  const [wrap, setWrap] = useWrap()

  useEffect(() => {
    // Never so in an effect; it keeps the editor out of the server's bundle.
    if (typeof window === 'undefined') return
    let wanted = true
    patiently(() => import('./monaco/code-editor.tsx')).then(
      (loaded) => void whenNotComposing(plain.current, () => wanted && setCode(() => loaded.default)),
      (error: unknown) => {
        console.error('The full editor could not be loaded.', error)
        if (wanted) setPlainOnly(true)
      },
    )
    return () => {
      wanted = false
    }
  }, [])

  useImperativeHandle(ref, () => {
    const shown = ready ? code.current : null
    return {
      jumpTo: (line, column) => (shown ? shown.jumpTo(line, column) : jumpInArea(plain.current, line, column)),
      apply: (edits) => (shown ? shown.apply(edits) : onChange(withEdits(value, edits))),
      format: () => shown?.format(),
      focus: () => (shown ?? plain.current)?.focus(),
    }
  })

  // What is not shown yet cannot be focused.
  useLayoutEffect(() => {
    if (ready && focused.current) code.current?.focus()
  }, [ready])

  const handOver = (): Handover | null => {
    const area = plain.current
    focused.current = area !== null && document.activeElement === area
    setReady(true)
    return area && { start: area.selectionStart, end: area.selectionEnd, scrollTop: area.scrollTop }
  }

  return (
    <div
      className={clsx(
        'group flex flex-col overflow-hidden rounded-lg border bg-surface focus-within:border-accent',
        className ?? 'h-[62vh] min-h-80',
      )}
    >
      <div className="relative min-h-0 flex-1">
        {Code && (
          <div className={clsx('absolute inset-0', !ready && 'invisible')}>
            <Code
              ref={code}
              label={label}
              value={value}
              onChange={onChange}
              markers={markers}
              wrap={wrap}
              readOnly={readOnly}
              onCursorLine={onCursorLine}
              onSave={onSave}
              onReady={handOver}
            />
          </div>
        )}
        {!ready && (
          <PlainEditor
            ref={plain}
            label={label}
            value={value}
            onChange={onChange}
            markers={markers}
            readOnly={readOnly}
            onCursorLine={onCursorLine}
          />
        )}
      </div>
      {plainOnly && (
        <p role="status" className="flex min-h-7 shrink-0 items-center border-t px-3 py-1 text-xs text-ink-muted">
          The full editor could not be loaded, so there is no completion. Writing and saving work as ever.
        </p>
      )}
      {ready && (
        <div className="flex h-7 shrink-0 items-center justify-between gap-3 border-t ps-3 pe-1 text-xs text-ink-subtle">
          <p className="truncate opacity-0 group-focus-within:opacity-100">
            Tab indents. {isMac() ? '⌃⇧M' : 'Ctrl+M'} lets Tab leave the editor.
          </p>
          <button
            type="button"
            aria-pressed={wrap}
            onClick={() => setWrap(!wrap)}
            className="flex h-6 shrink-0 items-center gap-1.5 rounded px-1.5 hover:bg-hover hover:text-ink aria-pressed:text-accent-ink"
          >
            <WrapText aria-hidden="true" className="size-3.5" />
            Wrap lines
          </button>
        </div>
      )}
    </div>
  )
}

/** A word that is being composed (by an input method) would be torn apart; the change waits until it is written. */
function whenNotComposing(area: HTMLTextAreaElement | null, run: () => void): void {
  if (area?.dataset.composing === undefined) run()
  else area.addEventListener('compositionend', () => setTimeout(run), { once: true })
}

function jumpInArea(area: HTMLTextAreaElement | null, line: number, column: number): void {
  if (!area) return
  const at = offsetOf(area.value, line, column)
  area.focus()
  area.setSelectionRange(at, at)
  area.scrollTop = Math.max(0, (line - 6) * LINE_HEIGHT)
}

function isMac(): boolean {
  return /Mac|iP(hone|ad)/.test(navigator.platform)
}
