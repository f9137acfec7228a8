'use client'
import { clsx } from 'clsx'
import { type KeyboardEvent, type Ref, useRef } from 'react'
import type { WorkflowDiagnostic } from '#lib/contracts/common.ts'

interface PlainEditorProps {
  readonly value: string
  readonly onChange: (text: string) => void
  readonly markers: readonly Pick<WorkflowDiagnostic, 'line' | 'severity'>[]
  readonly label: string
  readonly readOnly: boolean
  readonly onCursorLine: ((line: number) => void) | undefined
  readonly ref: Ref<HTMLTextAreaElement>
}

/** In px; gutter and text must agree to the pixel. */
export const LINE_HEIGHT = 20

/** A text with its line numbers in what every browser has: the first paint, and all there is where no more can be loaded. */
export function PlainEditor({ value, onChange, markers, label, readOnly, onCursorLine, ref }: PlainEditorProps) {
  const gutter = useRef<HTMLOListElement>(null)
  const worst = new Map<number, 'error' | 'warning'>()
  for (const { line, severity } of markers) if (worst.get(line) !== 'error') worst.set(line, severity)
  const lines = value.split('\n').length

  return (
    <div className="absolute inset-0 flex bg-surface font-mono text-[0.8125rem]">
      <ol
        ref={gutter}
        aria-hidden="true"
        className="shrink-0 overflow-hidden py-2.5 text-end text-ink-subtle select-none"
        style={{ lineHeight: `${LINE_HEIGHT}px` }}
      >
        {Array.from({ length: lines }, (_, i) => {
          const severity = worst.get(i + 1)
          return (
            <li
              // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
              key={i}
              className={clsx(
                'tabular min-w-11 border-s-2 border-transparent ps-1 pe-5',
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
        ref={ref}
        aria-label={label}
        value={value}
        readOnly={readOnly}
        wrap="off"
        spellCheck={false}
        autoCapitalize="off"
        autoCorrect="off"
        onChange={(event) => onChange(event.target.value)}
        onSelect={(event) => {
          const { value: text, selectionStart } = event.currentTarget
          onCursorLine?.(text.slice(0, selectionStart).split('\n').length)
        }}
        onKeyDown={keepIndent}
        onCompositionStart={(event) => {
          event.currentTarget.dataset.composing = ''
        }}
        onCompositionEnd={(event) => {
          delete event.currentTarget.dataset.composing
        }}
        onScroll={(event) => {
          if (gutter.current) gutter.current.scrollTop = event.currentTarget.scrollTop
        }}
        className="min-w-0 flex-1 resize-none overflow-auto bg-transparent ps-1 pe-2 py-2.5 text-base whitespace-pre outline-none sm:text-[0.8125rem]"
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
