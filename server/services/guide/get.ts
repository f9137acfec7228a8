import { and, desc, eq, gte, isNull, sql } from 'drizzle-orm'
import { guides, runs, waits, workflows } from '#drizzle/schema/index.ts'
import type { Guide, GuideTour } from '#lib/contracts/guide.ts'
import { authorise } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'
import { guideProgress } from './progress.ts'
import { mayTour, type Person } from './rights.ts'

/** The tour of whoever asks, as far as the sample's runs and the pages they looked at say. */
export async function getGuide({ ctx }: { ctx: ServiceContext }): Promise<Guide> {
  const actor = authorise(ctx, 'workflow:read')
  const { openaiApiKey, anthropicApiKey } = ctx.app.env
  const mock = openaiApiKey === null && anthropicApiKey === null
  if (!mayTour(actor)) return { tour: null, available: false, mock }
  return { tour: await findTour(ctx, actor), available: true, mock }
}

async function findTour(ctx: ServiceContext, person: Person): Promise<GuideTour | null> {
  const { db } = ctx.app.database
  const [found] = await db
    .select({ guide: guides, name: workflows.name })
    .from(guides)
    .innerJoin(workflows, and(eq(workflows.id, guides.workflowId), isNull(workflows.deletedAt)))
    .where(and(eq(guides.userId, person.id), isNull(guides.dismissedAt)))
  if (!found) return null
  const { guide, name } = found
  const [run] = await db
    .select({ id: runs.id, status: runs.status, endedAt: runs.endedAt })
    .from(runs)
    .where(
      and(
        eq(runs.workflowId, guide.workflowId),
        gte(runs.createdAt, guide.startedAt),
        sql`${runs.profile} ->> 'user_id' = ${person.id}`,
      ),
    )
    .orderBy(desc(runs.id))
    .limit(1)
  const asked = run
    ? await db
        .select({ id: waits.id, kind: waits.kind, outcome: waits.outcome, openedAt: waits.openedAt })
        .from(waits)
        .where(eq(waits.runId, run.id))
        .orderBy(desc(waits.id))
    : []
  const form = asked.find(({ kind }) => kind === 'form')
  const approval = asked.find(({ kind }) => kind === 'approval')
  const progress = guideProgress({
    editorSeen: guide.editorSeenAt !== null,
    run: run
      ? {
          status: run.status,
          formDone: form?.outcome === 'submitted',
          approval: approval === undefined ? 'none' : stateOf(approval.outcome),
          mailSeen: isSince(guide.mailSeenAt, approval?.openedAt),
          timelineSeen: isSince(guide.timelineSeenAt, run.endedAt),
        }
      : null,
  })
  return {
    workflow: { id: guide.workflowId, name },
    run_id: run?.id ?? null,
    form_wait_id: form?.outcome === null ? form.id : null,
    approval_id: approval?.id ?? null,
    ...progress,
  }
}

function isSince(seen: Date | null, event: Date | null | undefined): boolean {
  return seen !== null && event !== null && event !== undefined && seen >= event
}

/** Sent back, expired or canceled counts as not decided: nobody said yes or no. */
function stateOf(outcome: string | null): 'none' | 'open' | 'decided' {
  if (outcome === null) return 'open'
  return outcome === 'approved' || outcome === 'rejected' ? 'decided' : 'none'
}
