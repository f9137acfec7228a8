'use client'
import { GitCompare, RotateCcw } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { Badge } from '#components/ui/badge.tsx'
import { Button } from '#components/ui/button.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { Select } from '#components/ui/select.tsx'
import { RelativeTime } from '#components/ui/time.tsx'
import type { WorkflowVersionRow } from '#lib/contracts/workflows.ts'

export interface ComparedVersions {
  readonly from: number
  readonly to: number
}

interface VersionsViewProps {
  readonly workflowId: string
  readonly versions: readonly WorkflowVersionRow[]
  /** The version on show. */
  readonly shown: number
  readonly canRestore: boolean
  readonly pending: boolean
  readonly onRestore: (version: number) => void
  /** null: none is compared. */
  readonly compared: ComparedVersions | null
  readonly onCompare: (versions: ComparedVersions | null) => void
  /** The differences of the two. */
  readonly comparison: ReactNode
}

/** Every text this workflow ever had, and any two of them beside each other. */
export function VersionsView(props: VersionsViewProps) {
  const { workflowId, versions, shown, canRestore, pending, onRestore, compared, onCompare, comparison } = props
  const [newest, previous] = versions
  return (
    <div className="grid gap-4">
      {newest && previous && compared && (
        <section aria-label="Comparison" className="overflow-hidden rounded-lg border bg-surface">
          <header className="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-2 border-b px-3 py-2 text-[0.8125rem] sm:flex">
            <span className="text-ink-muted">Compare</span>
            <Choice
              label="Earlier version"
              versions={versions}
              value={compared.from}
              onChange={(from) => onCompare({ ...compared, from })}
            />
            <span className="text-ink-muted">with</span>
            <Choice
              label="Later version"
              versions={versions}
              value={compared.to}
              onChange={(to) => onCompare({ ...compared, to })}
            />
            <Button
              size="sm"
              variant="ghost"
              className="max-sm:col-span-2 max-sm:justify-self-end sm:ms-auto"
              onClick={() => onCompare(null)}
            >
              Close
            </Button>
          </header>
          {comparison}
        </section>
      )}
      <ul aria-label="Versions" className="divide-y rounded-lg border bg-surface">
        {versions.map((version, i) => {
          const before = versions[i + 1]
          return (
            <li key={version.version} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2.5">
              <span
                aria-hidden="true"
                className="tabular grid size-8 shrink-0 place-items-center rounded-md border bg-sunken text-xs text-ink-muted"
              >
                {version.version}
              </span>
              <div className="min-w-0 flex-1 basis-56">
                <p className="flex flex-wrap items-center gap-2 text-sm font-medium">
                  <span dir="auto" className="line-clamp-2">
                    {version.message || `Version ${version.version}`}
                  </span>
                  {version.latest && <Badge tone="good">Newest</Badge>}
                  {version.version === shown && !version.latest && <Badge>On show</Badge>}
                </p>
                <p className="text-[0.8125rem] text-ink-muted">
                  {version.message && `Version ${version.version} · `}
                  {version.created_by && (
                    <>
                      <bdi>{version.created_by}</bdi>
                      {' · '}
                    </>
                  )}
                  <RelativeTime at={version.created_at} />
                </p>
              </div>
              <div className="flex flex-wrap gap-1">
                {before && (
                  <Button
                    size="sm"
                    variant="ghost"
                    aria-label={`Compare version ${version.version} with the one before`}
                    onClick={() => onCompare({ from: before.version, to: version.version })}
                  >
                    <GitCompare aria-hidden="true" />
                    Compare
                  </Button>
                )}
                <ButtonLink
                  size="sm"
                  variant="ghost"
                  aria-label={`Text of version ${version.version}`}
                  href={`/workflows/${workflowId}?tab=yaml&version=${version.version}`}
                >
                  Text
                </ButtonLink>
                {canRestore && !version.latest && (
                  <Button
                    size="sm"
                    disabled={pending}
                    aria-label={`Restore version ${version.version}`}
                    onClick={() => onRestore(version.version)}
                  >
                    <RotateCcw aria-hidden="true" />
                    Restore
                  </Button>
                )}
              </div>
            </li>
          )
        })}
      </ul>
      {versions.length === 1 && (
        <p className="text-[0.8125rem] text-ink-muted">
          Each save adds a version here.{' '}
          <Link href={`/workflows/${workflowId}/edit`} className="underline underline-offset-2">
            Edit the workflow
          </Link>
        </p>
      )}
    </div>
  )
}

interface ChoiceProps {
  readonly label: string
  readonly versions: readonly WorkflowVersionRow[]
  readonly value: number
  readonly onChange: (version: number) => void
}

function Choice({ label, versions, value, onChange }: ChoiceProps) {
  return (
    <div className="w-full sm:w-44">
      <Select aria-label={label} value={value} onChange={(event) => onChange(Number(event.target.value))}>
        {versions.map(({ version, message }) => (
          <option key={version} value={version}>
            {`Version ${version}${message ? `: ${message}` : ''}`}
          </option>
        ))}
      </Select>
    </div>
  )
}
