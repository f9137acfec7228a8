import { and, asc, desc, eq, inArray, lt } from 'drizzle-orm'
import type { z } from 'zod'
import { runEvents, runSteps } from '#drizzle/schema/index.ts'
import { ValueSource } from '#lib/contracts/common.ts'
import { type RunContext, RunContextQuery, type RunValues } from '#lib/contracts/runs.ts'
import { ScaffError } from '#lib/errors.ts'
import { makersOf } from '#lib/value-makers.ts'
import { foldContext } from '#lib/workflow/context.ts'
import type { RunData } from '#lib/workflow/data.ts'
import { createProgram, type Program } from '#lib/workflow/program.ts'
import { authorise } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'
import { parseInput } from '../parse.ts'
import { findVersion } from '../workflows/find.ts'
import { visibleConstants } from './constants.ts'
import { findRun } from './find.ts'

interface ContextInput {
  readonly ctx: ServiceContext
  readonly input: { readonly id: string; readonly query: z.input<typeof RunContextQuery> }
}

/** The context as it is now, or as the step named by `at` began with it; folded from the outputs, never stored. */
export async function getRunContext(given: ContextInput): Promise<RunContext> {
  const { program, data } = await load(given)
  return contextOf(program, data)
}

/** The same with who made each value. */
export async function getRunValues(given: ContextInput): Promise<RunValues> {
  const { program, data } = await load(given)
  return { context: contextOf(program, data), ...makersOf(program, data) }
}

function contextOf(program: Program, data: RunData): RunContext {
  const { static: constants, profile, runtime, steps } = foldContext(program, data)
  return { static: constants, profile, runtime, steps }
}

async function load({ ctx, input }: ContextInput): Promise<{ program: Program; data: RunData }> {
  authorise(ctx, 'run:read')
  const { at } = parseInput(RunContextQuery, input.query)
  const { db } = ctx.app.database
  const run = await findRun(db, input.id)
  const { definition } = await findVersion(db, run.workflowId, run.workflowVersion)
  const until = at === undefined ? null : await beganAt(ctx, run.id, at)
  const rows = await db
    .select()
    .from(runSteps)
    .where(
      and(
        eq(runSteps.runId, run.id),
        eq(runSteps.status, 'completed'),
        until === null ? undefined : lt(runSteps.seq, until),
      ),
    )
    .orderBy(asc(runSteps.seq))
  const data = {
    run: {
      id: run.id,
      workflow_id: run.workflowId,
      workflow_name: run.workflowName,
      workflow_version: run.workflowVersion,
    },
    inputs: run.inputs,
    static: await visibleConstants(ctx, run.static, definition),
    profile: run.profile,
    outputs: rows.map((row) => ({
      path: row.path,
      step: row.stepId,
      visit: row.visit,
      output: row.output ?? null,
      source: ValueSource.safeParse(row.source).data ?? ('call' as const),
    })),
    forks: {},
    directory: { resolve: () => [] },
  }
  return { program: createProgram(definition, ctx.app.catalog), data }
}

/** Sequence number of the event with which the step's latest visit began. */
async function beganAt(ctx: ServiceContext, run_id: string, step: string): Promise<number> {
  const [row] = await ctx.app.database.db
    .select({ seq: runEvents.seq })
    .from(runEvents)
    .where(
      and(
        eq(runEvents.runId, run_id),
        eq(runEvents.stepId, step),
        inArray(runEvents.type, ['step.started', 'step.skipped']),
      ),
    )
    .orderBy(desc(runEvents.seq))
    .limit(1)
  if (!row) {
    throw new ScaffError(
      'run.unknown_step',
      `The run has not reached a step ${step}. Its history names the steps it took.`,
    )
  }
  return row.seq
}
