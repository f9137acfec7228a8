import type { RunWait } from '#lib/contracts/run-waits.ts'
import { toWaitApproval } from '#lib/wait-view.ts'
import type { ApproverRef } from '#lib/workflow/catalog.ts'
import { formLinkToken } from '#server/auth/wait-links.ts'
import { may } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'
import type { WaitRecord } from '../waits/find.ts'
import { mintResumeToken } from '../waits/resume-token.ts'

/** An open wait as a run shows it; with a fresh token for callers who may answer it. */
export async function toRunWait(ctx: ServiceContext, row: WaitRecord): Promise<RunWait> {
  const { wait, opening } = row
  return {
    wait_id: row.id,
    step_id: row.stepId,
    path: row.path,
    type: row.kind,
    resume_token: mayAnswer(ctx, row.kind) ? await mintResumeToken(ctx, row) : null,
    opened_at: row.openedAt.toISOString(),
    expires_at: row.expiresAt?.toISOString() ?? null,
    ...(opening.kind === 'form'
      ? {
          form: {
            title: opening.title,
            description: opening.description,
            fields: opening.fields,
            schema: opening.schema,
            assignee: opening.assignee && nameOf(opening.assignee),
            ...(opening.public && wait.kind === 'form' && mayAnswer(ctx, 'form')
              ? { link: `${ctx.app.env.appUrl}/f/${formLinkToken(ctx.app.keys, row.id, wait, opening)}` }
              : {}),
          },
        }
      : {}),
    ...(opening.kind === 'approval' && wait.kind === 'approval' ? { approval: toWaitApproval(wait, opening) } : {}),
  }
}

/** Whether the caller may answer waits of this kind; whose decision it is, is judged when it is made. */
export function mayAnswer(ctx: ServiceContext, kind: WaitRecord['kind']): boolean {
  return may(ctx.actor, 'run:resume') || (kind === 'approval' && may(ctx.actor, 'approvals:decide'))
}

/** An approver as the author named them. */
export function nameOf(ref: ApproverRef): string {
  if ('email' in ref) return ref.email
  return 'role' in ref ? `everyone with the role ${ref.role}` : ref.user
}
