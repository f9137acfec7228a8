'use client'
import { ChevronRight, FlaskConical, Play, X } from 'lucide-react'
import Link from 'next/link'
import { Button } from '#components/ui/button.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { Input } from '#components/ui/input.tsx'
import { Tooltip } from '#components/ui/tooltip.tsx'

export interface EditorToolbarProps {
  /** What is edited: the workflow's name, or what a new one began from. */
  readonly title: string
  readonly trail: { readonly href: string; readonly label: string }
  /** The version the text was begun from; null: a new workflow. */
  readonly version: number | null
  readonly dirty: boolean
  readonly saving: boolean
  readonly onSave: () => void
  readonly canSave: boolean
  /** What an existing workflow's versions are told apart by. */
  readonly message?: string
  readonly onMessage?: (message: string) => void
  /** A new workflow's. */
  readonly name?: string
  readonly onName?: (name: string) => void
  readonly onTestRun: () => void
  /** Starts what was saved; absent where nothing was saved here yet. */
  readonly onRun?: (() => void) | undefined
  readonly closeHref: string
}

export function EditorToolbar(props: EditorToolbarProps) {
  const { title, trail, version, dirty, saving, canSave, onSave, onTestRun, onRun, closeHref } = props
  return (
    <header className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-2 border-b px-3 py-2">
      <div className="flex min-w-0 flex-1 basis-40 items-center gap-1.5 text-sm">
        <nav aria-label="Breadcrumb" className="shrink-0 max-sm:hidden">
          <Link href={trail.href} className="py-1 text-ink-muted hover:text-ink hover:underline">
            {trail.label}
          </Link>
        </nav>
        <ChevronRight aria-hidden="true" className="size-3.5 shrink-0 text-ink-subtle max-sm:hidden" />
        <h1 dir="auto" className="min-w-0 truncate font-semibold" title={title}>
          {title}
        </h1>
        <p role="status" className="flex shrink-0 items-center gap-1.5 ps-1 text-xs whitespace-nowrap text-ink-muted">
          {dirty && <span aria-hidden="true" className="size-1.5 rounded-full bg-warn" />}
          {state(version, dirty)}
        </p>
      </div>
      {props.onName && (
        <Input
          aria-label="Name"
          placeholder="Name (else the one in the text)"
          className="h-8 max-w-64 flex-1 basis-40"
          maxLength={200}
          value={props.name ?? ''}
          onChange={(event) => props.onName?.(event.target.value)}
        />
      )}
      {props.onMessage && dirty && (
        <Input
          aria-label="What changed"
          placeholder="What changed (optional)"
          className="h-8 max-w-72 flex-1 basis-40"
          maxLength={1000}
          value={props.message ?? ''}
          onChange={(event) => props.onMessage?.(event.target.value)}
        />
      )}
      <div className="ms-auto flex items-center gap-2">
        <Button onClick={onTestRun} className="max-sm:hidden">
          <FlaskConical aria-hidden="true" />
          Test run
        </Button>
        {onRun && !dirty && (
          <Button onClick={onRun}>
            <Play aria-hidden="true" />
            Run
          </Button>
        )}
        <Tooltip text={version === null ? 'Create the workflow' : 'Save a new version'} keys={['⌘', 'S']}>
          <Button
            variant="primary"
            onClick={onSave}
            disabled={!canSave || saving}
            aria-label={saving ? undefined : version === null ? 'Create the workflow' : 'Save a new version'}
          >
            {saving ? 'Saving…' : version === null ? 'Create' : 'Save'}
          </Button>
        </Tooltip>
        <ButtonLink href={closeHref} size="icon" variant="ghost" aria-label="Close the editor" title="Close the editor">
          <X aria-hidden="true" />
        </ButtonLink>
      </div>
    </header>
  )
}

function state(version: number | null, dirty: boolean): string {
  if (version === null) return dirty ? 'Not saved' : ''
  return dirty ? `Not saved · from version ${version}` : `Version ${version}`
}
