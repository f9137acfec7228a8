import { systemClock } from '#lib/time.ts'
import { createApp } from '#server/app.ts'
import { readEnv } from '#server/env.ts'
import { listApprovals } from '#server/services/approvals/list.ts'
import type { ServiceContext } from '#server/services/context.ts'
import { getRun } from '#server/services/runs/get.ts'
import { listRuns } from '#server/services/runs/list.ts'
import { listWorkflows } from '#server/services/workflows/list.ts'
import { timed } from './measure.ts'

const DAY_MS = 24 * 3_600_000
const TIMES = 100

/** The lists that people open most, as pages and REST ask for them: milliseconds of each call, by what was asked. */
export async function timeLists(url: string, run: { readonly id: string; readonly workflow: string }) {
  const env = readEnv({
    DATABASE_URL: url,
    SCAFF_SECRET_KEY: 'a key of the benchmark, and of nothing else',
    LOG_LEVEL: 'error',
  })
  const app = await createApp({ env, service: 'cli', connections: 4 })
  const actor = { kind: 'apiKey', id: 'key_bench', name: 'bench', role: 'owner', scopes: null, agent_id: null } as const
  const ctx: ServiceContext = { app, actor, requestId: 'req_bench', ip: null }
  const runs = (input: Parameters<typeof listRuns>[0]['input']) => () => listRuns({ ctx, input })
  const yesterday = new Date(systemClock.now().getTime() - DAY_MS).toISOString()
  const asked: Readonly<Record<string, () => Promise<unknown>>> = {
    'the newest runs': runs({}),
    'runs that failed': runs({ status: 'failed' }),
    'runs of one workflow': runs({ workflow_id: run.workflow }),
    'runs of one workflow that completed': runs({ workflow_id: run.workflow, status: 'completed' }),
    'runs by a part of a name that is there': runs({ q: 's' }),
    'runs by a part of a name that is not there': runs({ q: 'nothing has this name' }),
    'runs that somebody started who never did': runs({ started_by: 'nobody@company.com' }),
    'runs before yesterday': runs({ to: yesterday }),
    'a run by its id': () => getRun({ ctx, input: { id: run.id, query: {} } }),
    'open approvals': () => listApprovals({ ctx, input: { status: 'pending' } }),
    'the latest decisions': () => listApprovals({ ctx, input: { status: 'decided', sort: 'decided' } }),
    'the workflows': () => listWorkflows({ ctx, input: {} }),
  }
  try {
    const times: { name: string; ms: number[] }[] = []
    for (const [name, ask] of Object.entries(asked)) {
      for (let i = 0; i < 5; i++) await ask()
      const ms: number[] = []
      for (let i = 0; i < TIMES; i++) ms.push(await timed(ask))
      times.push({ name, ms })
    }
    return times
  } finally {
    await app.close()
  }
}
