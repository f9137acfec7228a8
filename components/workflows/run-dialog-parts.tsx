'use client'
import Link from 'next/link'
import { Button } from '#components/ui/button.tsx'
import { DialogActions } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Select } from '#components/ui/select.tsx'
import type { WorkflowVersionRow } from '#lib/contracts/workflows.ts'

interface RunButtonsProps {
  readonly pending: boolean
  /** Something has to be configured first. */
  readonly blocked: boolean
  readonly onCancel: () => void
}

export function RunButtons({ pending, blocked, onCancel }: RunButtonsProps) {
  return (
    <DialogActions>
      <Button onClick={onCancel}>Cancel</Button>
      <Button type="submit" variant="primary" disabled={pending || blocked}>
        {pending ? 'Starting…' : 'Start the run'}
      </Button>
    </DialogActions>
  )
}

interface VersionChoiceProps {
  readonly versions: readonly WorkflowVersionRow[]
  readonly version: number
  readonly onVersion: (version: number) => void
}

/** The newest unless somebody wants an older one; messages tell them apart. */
export function VersionChoice({ versions, version, onVersion }: VersionChoiceProps) {
  return (
    <Field label="Version">
      {(control) => (
        <Select {...control} value={version} onChange={(event) => onVersion(Number(event.target.value))}>
          {versions.map((each) => (
            <option key={each.version} value={each.version}>
              {versionWords(each)}
            </option>
          ))}
        </Select>
      )}
    </Field>
  )
}

function versionWords({ version, latest, message }: WorkflowVersionRow): string {
  return [`${version}${latest ? ', the newest' : ''}`, message].filter(Boolean).join(': ')
}

const KINDS = {
  static: { word: 'the constant', href: '/settings/constants' },
  secrets: { word: 'the secret', href: '/settings/secrets' },
  templates: { word: 'the stored prompt', href: null },
} as const

/** What a start would be refused for, each with the way to its cure. */
export function MissingSettings({ missing }: { readonly missing: readonly string[] }) {
  return (
    <Notice tone="warn" title="Configure this first">
      <ul className="mt-1 grid gap-1">
        {missing.map((path) => {
          const [kind = '', ...rest] = path.split('.')
          const name = rest.join('.')
          const known = kind === 'static' || kind === 'secrets' || kind === 'templates' ? KINDS[kind] : null
          return (
            <li key={path}>
              {known?.word ?? kind} <code className="font-mono text-xs">{name}</code>
              {known?.href && (
                <>
                  {' '}
                  <Link href={known.href} className="underline underline-offset-2">
                    Open the settings
                  </Link>
                </>
              )}
            </li>
          )
        })}
      </ul>
    </Notice>
  )
}
