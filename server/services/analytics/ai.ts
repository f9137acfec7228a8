import { desc, eq, max, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { aiCalls, runs } from '#drizzle/schema/index.ts'
import { type AiUse, type AnalyticsAi, AnalyticsQuery } from '#lib/contracts/analytics.ts'
import { authorise } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'
import { parseInput } from '../parse.ts'
import { aiColumns } from './columns.ts'
import { lastRunsOf } from './last-runs.ts'
import { callsIn, type Range, rangeFacts, rangeOf } from './range.ts'

const TOP = 20
const DEAREST_FIRST = [
  desc(sql`coalesce(sum(${aiCalls.costUsd}), 0)`),
  desc(sql`sum(${aiCalls.tokensOutput})`),
] as const

/** What calls to models cost and used, by model and by workflow. */
export async function analyseAi({
  ctx,
  input,
}: {
  ctx: ServiceContext
  input: z.input<typeof AnalyticsQuery>
}): Promise<AnalyticsAi> {
  authorise(ctx, 'run:read')
  const range = rangeOf(parseInput(AnalyticsQuery, input), ctx.app.clock.now())
  const [models, workflows] = await Promise.all([byModel(ctx, range), byWorkflow(ctx, range)])
  return { ...rangeFacts(range), total: models.reduce(sum, NOTHING), by_model: models, by_workflow: workflows }
}

function byModel(ctx: ServiceContext, range: Range): Promise<AnalyticsAi['by_model']> {
  const { provider, model } = aiCalls
  return ctx.app.database.db
    .select({ provider, model, ...aiColumns })
    .from(aiCalls)
    .where(callsIn(range))
    .groupBy(provider, model)
    .orderBy(...DEAREST_FIRST, provider, model)
}

async function byWorkflow(ctx: ServiceContext, range: Range): Promise<AnalyticsAi['by_workflow']> {
  const rows = await ctx.app.database.db
    .select({ id: runs.workflowId, last: max(runs.id), ...aiColumns })
    .from(aiCalls)
    .innerJoin(runs, eq(runs.id, aiCalls.runId))
    .where(callsIn(range))
    .groupBy(runs.workflowId)
    .orderBy(...DEAREST_FIRST, runs.workflowId)
    .limit(TOP)
  const names = await lastRunsOf(ctx, rows)
  return rows.map(({ id, last, ...use }) => ({
    ...use,
    workflow_id: id,
    name: names.get(last ?? '')?.workflowName ?? id,
  }))
}

const NOTHING: AiUse = { usd: 0, tokens_prompt: 0, tokens_output: 0, calls: 0, unpriced: 0 }

function sum(a: AiUse, b: AiUse): AiUse {
  return {
    usd: a.usd + b.usd,
    tokens_prompt: a.tokens_prompt + b.tokens_prompt,
    tokens_output: a.tokens_output + b.tokens_output,
    calls: a.calls + b.calls,
    unpriced: a.unpriced + b.unpriced,
  }
}
