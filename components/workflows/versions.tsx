'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useRouter, useSearchParams } from 'next/navigation'
import { useState } from 'react'
import { TextDiff } from '#components/diff/text-diff.tsx'
import { errorSentence, useTRPC } from '#components/trpc.tsx'
import { Card } from '#components/ui/card.tsx'
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { useReplaceParams } from '#components/ui/search-param.ts'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { ChangeList } from './change-list.tsx'
import { type ComparedVersions, VersionsView } from './versions-view.tsx'

interface VersionsProps {
  readonly id: string
  readonly shown: number
  readonly canRestore: boolean
  readonly onRestored: () => Promise<void>
}

/** The versions; which two are compared stands in the address. */
export function Versions({ id, shown, canRestore, onRestored }: VersionsProps) {
  const trpc = useTRPC()
  const router = useRouter()
  const params = useSearchParams()
  const replace = useReplaceParams()
  const [restoring, setRestoring] = useState<number | null>(null)
  const versions = useQuery(trpc.workflows.versions.queryOptions({ id }))
  const rollback = useMutation(
    trpc.workflows.rollback.mutationOptions({
      onSuccess: async () => {
        setRestoring(null)
        router.push(`/workflows/${id}?tab=versions`)
        await onRestored()
      },
    }),
  )
  const compared = readCompared(params.get('from'), params.get('to'))
  const next = (versions.data?.versions[0]?.version ?? 0) + 1
  if (versions.error) return <Notice tone="bad">{errorSentence(versions.error)}</Notice>
  if (!versions.data) {
    return (
      <Card>
        <SkeletonRows rows={3} label="Loading versions" />
      </Card>
    )
  }
  return (
    <>
      <VersionsView
        workflowId={id}
        versions={versions.data.versions}
        shown={shown}
        canRestore={canRestore}
        pending={rollback.isPending}
        onRestore={setRestoring}
        compared={compared}
        onCompare={(two) => replace({ from: two && String(two.from), to: two && String(two.to) })}
        comparison={compared && <Comparison id={id} compared={compared} />}
      />
      <ConfirmDialog
        open={restoring !== null}
        onOpenChange={(open) => !open && setRestoring(null)}
        title={`Restore version ${restoring}?`}
        description={`Its text is saved again as version ${next}, the newest. No version is lost, and runs under way keep theirs.`}
        confirm="Restore it"
        pending={rollback.isPending}
        error={errorSentence(rollback.error)}
        onConfirm={() => restoring !== null && rollback.mutate({ id, body: { version: restoring } })}
      />
    </>
  )
}

function Comparison({ id, compared: { from, to } }: { readonly id: string; readonly compared: ComparedVersions }) {
  const trpc = useTRPC()
  const { data, error } = useQuery(trpc.workflows.compare.queryOptions({ id, from, to }))
  if (error) {
    return (
      <Notice tone="bad" className="m-3">
        {errorSentence(error)}
      </Notice>
    )
  }
  if (!data) return <SkeletonRows rows={5} label="Comparing" />
  return (
    <>
      {data.from.yaml !== data.to.yaml && (
        <div className="border-b">
          <ChangeList changes={data.changes} />
        </div>
      )}
      <TextDiff
        before={data.from.yaml}
        after={data.to.yaml}
        beforeLabel={`Version ${from}`}
        afterLabel={`Version ${to}`}
      />
    </>
  )
}

function readCompared(from: string | null, to: string | null): ComparedVersions | null {
  const versions = [from, to].map((text) => (/^[1-9]\d{0,8}$/.test(text ?? '') ? Number(text) : null))
  const [one = null, two = null] = versions
  return one === null || two === null ? null : { from: one, to: two }
}
