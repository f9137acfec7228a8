import { ScaffError } from '#lib/errors.ts'
import type { Actor } from '#server/engine/port.ts'
import { authorise, may } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'
import { findRun } from '../runs/find.ts'
import { findWait, type WaitWithRun } from '../waits/find.ts'

/** The form of a run that the caller may fill in: with the right to resume runs, or because they were asked. */
export async function findOwnForm(
  ctx: ServiceContext,
  input: { readonly run_id: string; readonly wait_id: string },
): Promise<{ readonly actor: Actor; readonly found: WaitWithRun }> {
  const actor = authorise(ctx, 'run:read')
  const run = await findRun(ctx.app.database.db, input.run_id)
  const found = await findWait(ctx.app.database.db, input.wait_id)
  if (found?.run.id !== run.id || found.wait.kind !== 'form') {
    throw new ScaffError('run.not_found', 'The run has no such form. Open the run to see what it waits for.')
  }
  if (!may(actor, 'run:resume') && !isAsked(actor, found)) {
    throw new ScaffError(
      'auth.forbidden',
      'This form is for somebody else. Ask an editor to fill it in or to assign it to you.',
    )
  }
  return { actor, found }
}

function isAsked(actor: Actor, { wait: { opening } }: WaitWithRun): boolean {
  if (actor.kind !== 'user' || opening.kind !== 'form' || opening.assignee === null) return false
  const { assignee } = opening
  if ('role' in assignee) return assignee.role === actor.role
  const named = 'email' in assignee ? assignee.email : assignee.user
  return named === actor.id || named.toLowerCase() === actor.email.toLowerCase()
}
