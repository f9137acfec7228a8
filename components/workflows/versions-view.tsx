import Link from 'next/link'
import { Badge } from '#components/ui/badge.tsx'
import { Button } from '#components/ui/button.tsx'
import { RelativeTime } from '#components/ui/time.tsx'
import type { WorkflowVersionRow } from '#lib/contracts/workflows.ts'

interface VersionsViewProps {
  readonly workflowId: string
  readonly versions: readonly WorkflowVersionRow[]
  /** The version on show. */
  readonly shown: number
  readonly canRestore: boolean
  readonly pending: boolean
  readonly onRestore: (version: number) => void
}

/** Every text this workflow ever had. Restoring makes an old one the newest; nothing is lost by it. */
export function VersionsView({ workflowId, versions, shown, canRestore, pending, onRestore }: VersionsViewProps) {
  return (
    <ul className="divide-y rounded-lg border bg-surface">
      {versions.map((version) => (
        <li key={version.version} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5">
          <div className="min-w-0 flex-1 basis-64">
            <p className="flex flex-wrap items-center gap-2">
              <Link
                href={`/workflows/${workflowId}?tab=yaml&version=${version.version}`}
                className="text-sm font-medium hover:underline"
              >
                Version {version.version}
              </Link>
              {version.latest && <Badge tone="good">Newest</Badge>}
              {version.version === shown && !version.latest && <Badge>On show</Badge>}
            </p>
            <p className="text-[0.8125rem] text-ink-muted">
              {version.message || 'No message'}
              {version.created_by && ` · ${version.created_by}`} · <RelativeTime at={version.created_at} />
            </p>
          </div>
          {canRestore && !version.latest && (
            <Button size="sm" disabled={pending} onClick={() => onRestore(version.version)}>
              Restore
            </Button>
          )}
        </li>
      ))}
    </ul>
  )
}
