import Link from 'next/link'
import { VisibleText } from '#components/ui/visible-text.tsx'
import type { RunDetail } from '#lib/contracts/runs.ts'

/** Where a run comes from: the step of another run that called it, or the run it branched off. Nothing for most. */
export function RunLineage({ run }: { readonly run: RunDetail }) {
  const { parent, forked_from } = run
  if (parent === null && forked_from === null) return null
  const name = run.workflow.steps.find(({ id }) => id === forked_from?.step_id)?.name ?? forked_from?.step_id
  return (
    <p className="text-[0.8125rem] text-ink-muted">
      {parent && (
        <>
          Called by the step <bdi className="break-all">{parent.step_id}</bdi> of <RunLink id={parent.run_id} />.
        </>
      )}
      {forked_from && (
        <>
          Branched off <RunLink id={forked_from.run_id} /> at{' '}
          <bdi>
            <VisibleText text={name ?? forked_from.step_id} />
          </bdi>
          ; what came before was done there.
        </>
      )}
    </p>
  )
}

export function RunLink({ id }: { readonly id: string }) {
  return (
    <Link href={`/runs/${encodeURIComponent(id)}`} className="font-mono text-xs break-all text-ink underline">
      {id}
    </Link>
  )
}
