'use client'
import { useSearchParams } from 'next/navigation'
import { lazyPart } from '#components/ui/lazy-part.ts'
import { OnDemand } from '#components/ui/on-demand.tsx'
import { useReplaceParams } from '#components/ui/search-param.ts'
import { readInputs } from './run-link.ts'

const OpenRunDialog = lazyPart(async () => (await import('./open-run-dialog.tsx')).OpenRunDialog)

/** The run dialog, open where the address says `?run=1`; closing it takes that out of the address. */
export function RunDeepLink({ workflowId }: { readonly workflowId: string }) {
  const params = useSearchParams()
  const replaceParams = useReplaceParams()
  const version = Number(params.get('version'))
  return (
    <OnDemand open={params.get('run') === '1'}>
      <OpenRunDialog
        workflowId={workflowId}
        {...(Number.isInteger(version) && version > 0 ? { version } : {})}
        prefill={readInputs(params.get('inputs'))}
        onClose={() => replaceParams({ run: null, inputs: null })}
      />
    </OnDemand>
  )
}
