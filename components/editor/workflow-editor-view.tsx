'use client'
import { type KeyboardEvent, type ReactNode, useRef } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { Notice } from '#components/ui/notice.tsx'
import type { WorkflowDiagnostic } from '#lib/contracts/common.ts'
import { ProblemsList } from './problems-list.tsx'
import { YamlEditor, type YamlEditorHandle } from './yaml-editor.tsx'

export interface Conflict {
  /** The version that was saved meanwhile. */
  readonly version: number
  readonly href: string
}

export interface WorkflowEditorViewProps {
  readonly text: string
  readonly onText: (text: string) => void
  /** Of the text as it was checked last; undefined before the first check. */
  readonly diagnostics: readonly WorkflowDiagnostic[] | undefined
  readonly checking: boolean
  readonly saving: boolean
  readonly dirty: boolean
  readonly saveLabel: string
  readonly onSave: () => void
  /** Why the last save did not work, in a sentence. */
  readonly error: string | null
  readonly conflict?: Conflict | null
  readonly onOverwrite?: () => void
  /** What an existing workflow's versions are told apart by. */
  readonly message?: string
  readonly onMessage?: (message: string) => void
  readonly name?: string
  readonly onName?: (name: string) => void
  readonly cancel: ReactNode
}

export function WorkflowEditorView(props: WorkflowEditorViewProps) {
  const { text, onText, diagnostics, checking, saving, dirty, onSave, error, conflict } = props
  const editor = useRef<YamlEditorHandle>(null)
  const errors = diagnostics?.filter((diagnostic) => diagnostic.severity === 'error').length ?? 0

  const onKeyDown = (event: KeyboardEvent) => {
    if (!(event.metaKey || event.ctrlKey) || event.key.toLowerCase() !== 's') return
    event.preventDefault()
    if (!saving) onSave()
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only hears the save key of what is inside
    <div className="grid gap-4" onKeyDown={onKeyDown}>
      {conflict && (
        <Notice
          tone="warn"
          title={`Version ${conflict.version} was saved while you were editing`}
          action={
            <div className="flex flex-wrap justify-end gap-2">
              <Button size="sm" onClick={props.onOverwrite} disabled={saving}>
                Save mine as the newest
              </Button>
            </div>
          }
        >
          Your text is still here and nothing was overwritten.{' '}
          <a href={conflict.href} target="_blank" rel="noreferrer" className="underline underline-offset-2">
            Look at version {conflict.version} in a new tab
          </a>
          , then decide: saving yours keeps theirs in the list of versions.
        </Notice>
      )}
      {error && <Notice tone="bad">{error}</Notice>}
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="grid min-w-0 gap-3">
          {props.onName && (
            <Field
              label="Name"
              optional
              help="How it is listed. Left empty, the name in the text counts."
              className="max-w-md"
            >
              {(control) => (
                <Input
                  {...control}
                  maxLength={200}
                  value={props.name ?? ''}
                  onChange={(event) => props.onName?.(event.target.value)}
                />
              )}
            </Field>
          )}
          <YamlEditor
            ref={editor}
            label="Workflow in YAML"
            value={text}
            onChange={onText}
            markers={diagnostics ?? []}
          />
        </div>
        <div className="grid gap-3 lg:sticky lg:top-6">
          {props.onMessage && (
            <Field label="What changed" optional>
              {(control) => (
                <Input
                  {...control}
                  maxLength={1000}
                  value={props.message ?? ''}
                  onChange={(event) => props.onMessage?.(event.target.value)}
                />
              )}
            </Field>
          )}
          <div className="flex items-center gap-2">
            <Button
              variant="primary"
              onClick={onSave}
              disabled={saving || text.trim() === '' || (props.onMessage !== undefined && !dirty)}
            >
              {saving ? 'Saving…' : props.saveLabel}
            </Button>
            {props.cancel}
            <p role="status" className="ml-auto text-xs text-ink-subtle">
              {dirty ? 'Not saved' : ''}
            </p>
          </div>
          <ProblemsList
            diagnostics={diagnostics}
            checking={checking}
            onJump={(line, column) => editor.current?.jumpTo(line, column)}
          />
          {errors > 0 && (
            <p className="text-xs text-ink-subtle">Errors must be cured before it can be saved; warnings need not.</p>
          )}
        </div>
      </div>
    </div>
  )
}
