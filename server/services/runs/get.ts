import type { z } from 'zod'
import { type Run, RunQuery } from '#lib/contracts/runs.ts'
import { TERMINAL } from '#lib/workflow/state.ts'
import { liveHub } from '#server/live/hub.ts'
import { authorise } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'
import { parseInput } from '../parse.ts'
import { openWaits } from '../waits/find.ts'
import { findRun, type RunRecord } from './find.ts'
import { readLineage } from './lineage.ts'
import { toRunRow } from './to-run.ts'
import { toRunWait } from './to-wait.ts'
import { readUnknownEffects } from './unknown-effects.ts'
import { readWaitMails } from './wait-mails.ts'

/** A run and what it waits for. With `wait` it answers only when the run rests (waits or is over) or the seconds passed. */
export async function getRun({
  ctx,
  input,
  signal,
}: {
  ctx: ServiceContext
  input: { readonly id: string; readonly query: z.input<typeof RunQuery> }
  /** Ends the waiting when the caller goes. */
  signal?: AbortSignal
}): Promise<Run> {
  authorise(ctx, 'run:read')
  const { wait = 0 } = parseInput(RunQuery, input.query)
  const found = await findRun(ctx.app.database.db, input.id)
  return toRun(ctx, wait > 0 && !rests(found) ? await untilRests(ctx, found, wait, signal) : found)
}

export async function toRun(ctx: ServiceContext, run: RunRecord): Promise<Run> {
  const { db } = ctx.app.database
  const over = TERMINAL.has(run.status)
  const [open, mailsOf, lineage, effects] = await Promise.all([
    over ? [] : openWaits(db, run.id),
    over ? () => ({}) : readWaitMails(db, run.id),
    readLineage(db, run),
    readUnknownEffects(db, run),
  ])
  const waits = await Promise.all(open.map(async (row) => ({ ...(await toRunWait(ctx, row)), ...mailsOf(row) })))
  const waiting = waits[0] ?? null
  const facts = toRunRow(run)
  return {
    ...facts,
    id: run.id,
    current_step: over ? null : (waiting?.step_id ?? facts.current_step),
    inputs: run.inputs,
    ...(run.outputs === null ? {} : { outputs: run.outputs }),
    waits,
    waiting,
    resume_token: waiting?.resume_token ?? null,
    ...lineage,
    effects,
  }
}

function rests(run: RunRecord): boolean {
  return run.status === 'waiting' || TERMINAL.has(run.status)
}

async function untilRests(
  ctx: ServiceContext,
  found: RunRecord,
  seconds: number,
  signal: AbortSignal | undefined,
): Promise<RunRecord> {
  const deadline = AbortSignal.timeout(seconds * 1000)
  const until = signal ? AbortSignal.any([signal, deadline]) : deadline
  const watch = liveHub(ctx.app).watch(found.id)
  let run = found
  try {
    while (!rests(run) && (await watch.next(until))) run = await findRun(ctx.app.database.db, found.id)
  } finally {
    watch.close()
  }
  return run
}
