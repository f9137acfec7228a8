import type { ReactNode } from 'react'
import { PageHeader } from '#components/ui/page-header.tsx'
import { NoWorkflows } from '#components/workflows/no-workflows.tsx'
import type { ApprovalRow } from '#lib/contracts/approvals.ts'
import type { RunRow } from '#lib/contracts/runs.ts'
import { FailedLately, type Loadable, UnderWay, WaitingForMe } from './home-lists.tsx'

/** What the reader may do, by which the page is put together. */
export interface HomeRights {
  readonly decide: boolean
  readonly create: boolean
  readonly retry: boolean
}

export interface HomeViewProps {
  readonly can: HomeRights
  /** Neither a workflow nor a run yet. */
  readonly blank: boolean
  readonly approvals: Loadable<ApprovalRow>
  readonly failed: Loadable<RunRow>
  readonly underWay: Loadable<RunRow>
  readonly retrying: string | null
  readonly retryError: string | null
  readonly onRetry: (runId: string) => void
  /** The tour for newcomers; nothing once it is done. */
  readonly guide?: ReactNode
  readonly analytics: ReactNode
}

/** First what needs somebody, then what goes on, then how it went. */
export function HomeView(props: HomeViewProps) {
  const { can, blank, approvals, failed, underWay, guide, analytics } = props
  return (
    <div className="grid gap-6">
      <PageHeader title="Home" />
      {guide}
      {blank ? (
        <NoWorkflows title="Nothing here yet" canCreate={can.create}>
          {can.create
            ? 'Begin from a blueprint. Once it runs, here stands what waits for you, what failed and what it cost.'
            : 'Once an editor has created a workflow and runs it, here stands what waits for you and how it went.'}
        </NoWorkflows>
      ) : (
        <>
          <div className="grid gap-4 lg:grid-cols-2">
            {can.decide && <WaitingForMe approvals={approvals} />}
            <FailedLately
              failed={failed}
              canRetry={can.retry}
              retrying={props.retrying}
              retryError={props.retryError}
              onRetry={props.onRetry}
            />
            <div className={can.decide ? 'lg:col-span-2' : ''}>
              <UnderWay runs={underWay} />
            </div>
          </div>
          {analytics}
        </>
      )}
    </div>
  )
}
