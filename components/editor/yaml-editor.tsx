'use client'
import { clsx } from 'clsx'
import { type KeyboardEvent, type Ref, useImperativeHandle, useRef } from 'react'

export interface Marker {
  readonly line: number
  readonly severity: 'error' | 'warning'
}

export interface YamlEditorHandle {
  /** Puts the cursor there and scrolls to it. Positions are 1-based. */
  jumpTo(line: number, column: number): void
}

interface YamlEditorProps {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly markers: readonly Marker[]
  readonly label: string
  readonly readOnly?: boolean
  readonly ref?: Ref<YamlEditorHandle>
}

/** In px; gutter and text must agree to the pixel. */
const LINE_HEIGHT = 20

/** The text of a workflow with its line numbers. */
export function YamlEditor({ value, onChange, markers, label, readOnly, ref }: YamlEditorProps) {
  const text = useRef<HTMLTextAreaElement>(null)
  const gutter = useRef<HTMLOListElement>(null)

  useImperativeHandle(ref, () => ({
    jumpTo(line, column) {
      const area = text.current
      if (!area) return
      const at = offsetOf(area.value, line, column)
      area.focus()
      area.setSelectionRange(at, at)
      area.scrollTop = Math.max(0, (line - 6) * LINE_HEIGHT)
    },
  }))

  const worst = new Map<number, Marker['severity']>()
  for (const { line, severity } of markers) if (worst.get(line) !== 'error') worst.set(line, severity)
  const lines = value.split('\n').length

  return (
    <div className="flex h-[62vh] min-h-80 overflow-hidden rounded-lg border bg-surface font-mono text-[0.8125rem] focus-within:border-accent">
      <ol
        ref={gutter}
        aria-hidden="true"
        className="shrink-0 overflow-hidden border-r bg-sunken py-2.5 text-right text-ink-subtle select-none"
        style={{ lineHeight: `${LINE_HEIGHT}px` }}
      >
        {Array.from({ length: lines }, (_, i) => {
          const severity = worst.get(i + 1)
          return (
            <li
              // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
              key={i}
              className={clsx(
                'tabular min-w-11 border-l-2 border-transparent pr-2.5 pl-2',
                severity === 'error' && 'border-bad bg-bad-soft font-medium text-bad',
                severity === 'warning' && 'border-warn bg-warn-soft text-warn',
              )}
            >
              {i + 1}
            </li>
          )
        })}
        {/* Room for the text's own scroll bar, so that both scroll equally far. */}
        <li className="h-6" />
      </ol>
      <textarea
        ref={text}
        aria-label={label}
        value={value}
        readOnly={readOnly}
        wrap="off"
        spellCheck={false}
        autoCapitalize="off"
        autoCorrect="off"
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={keepIndent}
        onScroll={(event) => {
          if (gutter.current) gutter.current.scrollTop = event.currentTarget.scrollTop
        }}
        className="min-w-0 flex-1 resize-none overflow-auto bg-transparent px-3 py-2.5 text-base whitespace-pre outline-none sm:text-[0.8125rem]"
        style={{ lineHeight: `${LINE_HEIGHT}px`, tabSize: 2 }}
      />
    </div>
  )
}

/** A new line begins where the one before began. `insertText` keeps the browser's own undo. */
function keepIndent(event: KeyboardEvent<HTMLTextAreaElement>): void {
  if (event.key !== 'Enter' || event.nativeEvent.isComposing || event.currentTarget.readOnly) return
  const { value, selectionStart } = event.currentTarget
  const line = value.slice(value.lastIndexOf('\n', selectionStart - 1) + 1, selectionStart)
  const indent = /^ */.exec(line)?.[0] ?? ''
  if (indent === '') return
  if (document.execCommand('insertText', false, `\n${indent}`)) event.preventDefault()
}

/** Where a 1-based position stands in a text; one beyond a line's end is that end. */
export function offsetOf(text: string, line: number, column: number): number {
  let start = 0
  for (let n = 1; n < line; n++) {
    const end = text.indexOf('\n', start)
    if (end === -1) return text.length
    start = end + 1
  }
  const end = text.indexOf('\n', start)
  return Math.min(start + Math.max(0, column - 1), end === -1 ? text.length : end)
}
